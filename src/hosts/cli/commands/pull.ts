import process from 'node:process';
import { pullModel } from '../../../core/model/ollama/pull-model.ts';
import { ollamaServer } from '../ollama-server.ts';
import type { ExitCode } from '../output.ts';
import { EXIT, printJson, say } from '../output.ts';
import { createProgress } from '../progress.ts';

/** `notesight pull NAME`: has the server download a model. */
export async function pullCommand(
  name: string,
  options: { host: string | undefined; json: boolean },
  signal: AbortSignal,
): Promise<ExitCode> {
  const progress = createProgress(process.stderr);
  try {
    for await (const step of pullModel(ollamaServer(options.host), name, signal)) {
      if (options.json) printJson(step);
      else progress.update(megabytes(step.completedBytes), megabytes(step.totalBytes), `MB  ${step.status}`);
    }
  } finally {
    progress.clear();
  }
  say(`${name} is there.`);
  return EXIT.done;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
