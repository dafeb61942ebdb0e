import process from 'node:process';
import { openModels } from '../open-models.ts';
import type { ExitCode } from '../output.ts';
import { EXIT, printJson, say } from '../output.ts';
import { createProgress } from '../progress.ts';
import { usageError } from '../usage-error.ts';

/** `notesight pull NAME`: downloads a model on the first server that responds. */
export async function pullCommand(
  name: string,
  options: { hosts: readonly string[]; json: boolean },
  signal: AbortSignal,
): Promise<ExitCode> {
  const { api, server, pull } = await openModels(options.hosts).first(
    (source) => Promise.resolve(source),
    signal,
  );
  if (api !== 'ollama') {
    throw usageError(`The server at ${server.host} can't download models; only Ollama can`);
  }
  const progress = createProgress(process.stderr);
  try {
    for await (const step of pull(name, signal)) {
      if (options.json) printJson(step);
      else progress.update(megabytes(step.completedBytes), megabytes(step.totalBytes), `MB  ${step.status}`);
    }
  } finally {
    progress.clear();
  }
  say(`Downloaded ${name}.`);
  return EXIT.done;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
