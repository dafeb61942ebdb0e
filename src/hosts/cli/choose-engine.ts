import { NotesightError } from '../../core/errors.ts';
import { chooseModel, explainChoice } from '../../core/model/server/choose-model.ts';
import { isNoServer } from '../../core/model/server/is-no-server.ts';
import type { ModelSource } from '../../core/model/model-source.ts';
import { isLocalHost } from '../../core/model/ollama/ollama-host.ts';
import type { VisionModel } from '../../core/model/vision-model.ts';
import { nameOfServer } from './name-of-server.ts';
import { openModels } from './open-models.ts';
import { inWords } from './output.ts';

export interface EngineChoice {
  readonly engine: 'auto' | 'ollama' | 'openai' | 'embedded';
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
 * `auto` is the server where one answers and has a model that can see, else the embedded engine. Where the user
 * named a server or a model, that is what they get, or an error.
 * @throws NotesightError the codes of a server, `no_vision_model`, `model_missing`, `model_cannot_see`
 */
export async function chooseEngine(choice: EngineChoice, signal: AbortSignal): Promise<Engine> {
  if (choice.engine === 'embedded') return await embedded('you named it.');
  try {
    const { engine } = choice;
    const source = await openModels(choice.host, signal, engine === 'auto' ? undefined : engine);
    return await ofServer(source, choice.model, signal);
  } catch (error) {
    const mayFallBack = choice.engine === 'auto' && choice.host === undefined && choice.model === undefined;
    if (!mayFallBack || !isNoServer(error)) throw error;
    return await embedded(inWords(error));
  }
}

/** Loaded when it is needed: it brings megabytes of code along. */
export async function embedded(why: string): Promise<Engine> {
  const { createEmbeddedVisionModel } = await import('../../core/model/embedded/embedded-vision-model.ts');
  const { openExperts } = await import('../node/open-experts.ts');
  const experts = openExperts();
  return {
    model: createEmbeddedVisionModel(experts),
    why: `The embedded engine reads the text in the images (OCR) and recognises things in photos: ${why}`,
    close: () => experts.close(),
  };
}

/**
 * A model of a server: the one named, or the best for captions.
 * @throws NotesightError the codes of a server, `no_vision_model`, `model_missing`, `model_cannot_see`
 */
export async function ofServer(
  source: ModelSource,
  named: string | undefined,
  signal: AbortSignal,
): Promise<Engine> {
  const { host } = source.server;
  const { name, why, cloud } = await pick(source, named, signal);
  const notes = [
    isLocalHost(host) ? '' : ` The images leave this machine and its network: they are sent to ${host}.`,
    cloud ? ' The images leave this machine: the model runs on another one, in the cloud.' : '',
  ];
  return {
    model: await source.vision(name, signal),
    why: `${nameOfServer(source)} at ${host} looks, with ${name}: ${why}.${notes.join('')}`,
    close: () => Promise.resolve(),
  };
}

async function pick({ api, server, list }: ModelSource, named: string | undefined, signal: AbortSignal) {
  const models = await list(signal);
  const about = { host: server.host, ...(api === 'openai' && { api }) };
  if (named === undefined) {
    const chosen = chooseModel(models);
    if (chosen !== null) return { name: chosen.model.name, why: explainChoice(chosen), cloud: false };
    // What is not told, and can't be told from the name of the only model there, is asked.
    const [only, ...others] = models;
    if (only?.guessed === true && only.canChat && others.length === 0)
      return { name: only.name, why: 'it is the only model there', cloud: false };
    throw new NotesightError('no_vision_model', 'no model can see', { data: about });
  }
  const model = models.find(({ name }) => name === named || name === `${named}:latest`);
  const data = { ...about, model: named };
  if (model === undefined) throw new NotesightError('model_missing', `no model ${named}`, { data });
  if (!model.canSee && !model.guessed)
    throw new NotesightError('model_cannot_see', `${named} can't see`, { data });
  return { name: model.name, why: 'you named it', cloud: model.cloud };
}
