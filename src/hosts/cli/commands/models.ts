import { chooseModel, explainChoice } from '../../../core/model/server/choose-model.ts';
import type { ServerModel } from '../../../core/model/server/server-model.ts';
import { listModels } from '../../../core/model/ollama/list-models.ts';
import { ollamaServer } from '../ollama-server.ts';
import type { ExitCode } from '../output.ts';
import { EXIT, print, printJson, say } from '../output.ts';

/** `notesight models`: what the server has, which can see, which one `auto` takes and why. */
export async function modelsCommand(
  options: { host: string | undefined; json: boolean },
  signal: AbortSignal,
): Promise<ExitCode> {
  const server = ollamaServer(options.host);
  const models = await listModels(server, signal);
  const chosen = chooseModel(models);
  if (options.json) {
    for (const model of models) printJson({ ...model, isChosen: model === chosen?.model });
    return EXIT.done;
  }
  const width = Math.max(0, ...models.map(({ name }) => name.length));
  for (const model of models) print(modelLine(model, width));
  say(`${server.host} has ${models.length} ${models.length === 1 ? 'model' : 'models'}.`);
  say(
    chosen === null
      ? 'None that auto would take can see. Get one, such as `notesight pull gemma3:4b`.'
      : `auto takes ${chosen.model.name}: ${explainChoice(chosen)}.`,
  );
  return EXIT.done;
}

function modelLine(model: ServerModel, width: number): string {
  const facts = [
    model.canSee ? 'can see ' : 'text only',
    model.cloud ? 'cloud: images leave this machine' : `${(model.sizeBytes / 1e9).toFixed(1)} GB`,
    ...(model.loaded ? ['in memory'] : []),
  ];
  return `${model.name.padEnd(width)}  ${facts.join('  ')}`;
}
