import { chooseModel, explainChoice } from '../../../core/model/families/choose-model.ts';
import type { ServerApi, ServerModel } from '../../../core/model/server-model.ts';
import { pluralEn } from '../../../core/text/plural.ts';
import { openModels } from '../open-models.ts';
import type { ExitCode } from '../output.ts';
import { EXIT, errorText, print, printJson, say } from '../output.ts';

/** `notesight models`: the models on the servers, which support images, and which one `auto` selects and why. */
export async function modelsCommand(
  options: { hosts: readonly string[]; json: boolean },
  signal: AbortSignal,
): Promise<ExitCode> {
  const sources = openModels(options.hosts);
  const attempts = await sources.all(async ({ api, list }) => ({ api, models: await list(signal) }), signal);
  for (const { host, value, error } of attempts) {
    if (error === null) show(host, value, options.json);
    else if (attempts.length === 1) throw error;
    else say(`${host}: ${errorText(error)}`);
  }
  return attempts.some(({ error }) => error === null) ? EXIT.done : EXIT.failed;
}

function show(
  host: string,
  { api, models }: { readonly api: ServerApi; readonly models: readonly ServerModel[] },
  json: boolean,
): void {
  const chosen = chooseModel(models);
  if (json) {
    // Earlier versions called it `canSee`.
    for (const model of models)
      printJson({ ...model, canSee: model.supportsImages, host, isChosen: model === chosen?.model });
    return;
  }
  const width = Math.max(0, ...models.map(({ name }) => name.length));
  for (const model of models) print(modelLine(model, width));
  say(`${pluralEn(models.length, 'model', 'models')} at ${host}.`);
  say(chosen === null ? NONE[api] : `Automatic choice: ${chosen.model.name} (${explainChoice(chosen)}).`);
}

const NONE = {
  ollama:
    'No vision model that can be chosen automatically. Download one, for example with `notesight pull gemma3:4b`.',
  openai:
    'No model is known to support images. Start the server with a vision model, or select one with --model to have it tested.',
};

function modelLine(model: ServerModel, width: number): string {
  const facts = [
    imageSupport(model),
    ...(model.cloud ? ['cloud: images leave this machine'] : []),
    ...(model.cloud || model.sizeBytes === 0 ? [] : [`${(model.sizeBytes / 1e9).toFixed(1)} GB`]),
    ...(model.loaded ? ['loaded'] : []),
  ];
  return `${model.name.padEnd(width)}  ${facts.join('  ')}`;
}

/** If the server does not report image support, it is guessed from the name. */
function imageSupport({ supportsImages, guessed, canChat, canEmbed }: ServerModel): string {
  if (canEmbed && !canChat) return 'embedding model';
  if (guessed) return supportsImages ? 'supports images (judging by its name)' : 'image support unknown';
  return supportsImages ? 'supports images' : 'text-only';
}
