import { NotesightError } from '../../core/errors.ts';
import { chooseModel, explainChoice } from '../../core/model/server/choose-model.ts';
import { listModels } from '../../core/model/ollama/list-models.ts';
import { isLocalHost } from '../../core/model/ollama/ollama-host.ts';
import { createOllamaVisionModel } from '../../core/model/ollama/ollama-vision-model.ts';
import type { VisionModel } from '../../core/model/vision-model.ts';
import { detectLanguage } from '../../core/model/detect-language.ts';
import { ollamaServer } from './ollama-server.ts';
import { inWords } from './output.ts';

export interface EngineChoice {
  readonly engine: 'auto' | 'ollama' | 'embedded';
  /** The server's address, or undefined for OLLAMA_HOST. */
  readonly host: string | undefined;
  /** The model's name, or undefined for the best there is. */
  readonly model: string | undefined;
}

export interface Engine {
  readonly model: VisionModel;
  /** Which one looks, why, and whether images leave the machine. */
  readonly why: string;
  close(): Promise<void>;
}

/**
 * `auto` is Ollama where it answers and has a model that can see, else the embedded engine. Where the user named
 * a server or a model, that is what they get, or an error.
 * @throws NotesightError the codes of a server, `no_vision_model`, `model_missing`, `model_cannot_see`
 */
export async function chooseEngine(choice: EngineChoice, signal: AbortSignal): Promise<Engine> {
  if (choice.engine === 'embedded') return await embedded('you named it.');
  try {
    return await ollama(choice, signal);
  } catch (error) {
    const mayFallBack = choice.engine === 'auto' && choice.host === undefined && choice.model === undefined;
    if (!mayFallBack || !(error instanceof NotesightError) || !NO_OLLAMA.has(error.code)) throw error;
    return await embedded(inWords(error));
  }
}

const NO_OLLAMA: ReadonlySet<string> = new Set([
  'server_down',
  'server_timeout',
  'server_error',
  'no_vision_model',
]);

/** Loaded when it is needed: it brings megabytes of code along. */
async function embedded(why: string): Promise<Engine> {
  const { createEmbeddedVisionModel } = await import('../../core/model/embedded/embedded-vision-model.ts');
  const { createTesseractReader } = await import('../node/tesseract-reader.ts');
  const reader = createTesseractReader();
  return {
    model: createEmbeddedVisionModel(reader),
    why: `The embedded engine reads the text in the images (OCR): ${why}`,
    close: () => reader.close(),
  };
}

async function ollama(choice: EngineChoice, signal: AbortSignal): Promise<Engine> {
  const server = ollamaServer(choice.host);
  const { host } = server;
  const { name, why, cloud } = await pick(server, choice.model, signal);
  const notes = [
    isLocalHost(host) ? '' : ` The images leave this machine and its network: they are sent to ${host}.`,
    cloud ? ' The images leave this machine: the model runs on another one, in the cloud.' : '',
  ];
  return {
    model: await createOllamaVisionModel(server, name, detectLanguage, signal),
    why: `Ollama at ${host} looks, with ${name}: ${why}.${notes.join('')}`,
    close: () => Promise.resolve(),
  };
}

async function pick(server: ReturnType<typeof ollamaServer>, named: string | undefined, signal: AbortSignal) {
  const { host } = server;
  const models = await listModels(server, signal);
  if (named === undefined) {
    const chosen = chooseModel(models);
    if (chosen === null) throw new NotesightError('no_vision_model', 'no model can see', { data: { host } });
    return { name: chosen.model.name, why: explainChoice(chosen), cloud: false };
  }
  const model = models.find(({ name }) => name === named || name === `${named}:latest`);
  const data = { host, model: named };
  if (model === undefined) throw new NotesightError('model_missing', `no model ${named}`, { data });
  if (!model.canSee) throw new NotesightError('model_cannot_see', `${named} can't see`, { data });
  return { name: model.name, why: 'you named it', cloud: model.cloud };
}
