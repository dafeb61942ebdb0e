import { NotesightError } from '../../errors.ts';
import type { VisionCapability } from '../../storage/vision-capability.ts';
import type { ModelServer } from '../model-server.ts';
import type { OpenAiServerModel } from './list-openai-models.ts';
import { subjectOf } from './openai-call.ts';
import { probeVision } from './probe-vision.ts';

/** Where the facts about models come from. */
export interface OpenAiFacts {
  readonly visionCapability: VisionCapability;
  /** The models of the server. */
  readonly list: (signal: AbortSignal) => Promise<readonly OpenAiServerModel[]>;
}

/**
 * Returns the facts about one model. If the server doesn't report image support, probes it once.
 * @throws NotesightError `model_missing`, `memory_unwritable` and every code of a server
 */
export async function showOpenAiModel(
  server: ModelServer,
  name: string,
  { visionCapability, list }: OpenAiFacts,
  signal: AbortSignal,
): Promise<OpenAiServerModel> {
  const model = (await list(signal)).find(({ name: other }) => other === name);
  if (model === undefined) {
    throw new NotesightError('model_missing', `no model ${name}`, { data: { ...subjectOf(server, name) } });
  }
  if (!model.guessed || !model.canChat) return model;
  if (visionCapability.has(server.host, name)) return { ...model, supportsImages: true, guessed: false };
  const supportsImages = await probeVision(server, name, signal);
  if (supportsImages) await visionCapability.add(server.host, name);
  return { ...model, supportsImages, guessed: false };
}
