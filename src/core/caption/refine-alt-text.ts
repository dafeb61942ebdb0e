import { NotesightError } from '../errors.ts';
import type { ImageContext, Refinement } from '../model/image-description.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { ImageCodec, ImageStore } from '../ports.ts';
import { showImage } from './show-image.ts';

export interface RefinePorts {
  readonly images: ImageStore;
  readonly codec: ImageCodec;
  readonly model: VisionModel;
}

/**
 * Writes the alt text of an image again as the user asks. The answer is checked like any alt text, but not cached: it
 * answers the feedback, not the image.
 * @throws NotesightError `no_vision_model` if the engine can't be asked, `answer_unusable`, and every code of the image
 * store, the codec, and the model
 */
export async function refineAltText(
  file: string,
  refinement: Refinement,
  context: ImageContext,
  ports: RefinePorts,
  signal: AbortSignal,
): Promise<string> {
  const { model } = ports;
  if (model.tasks === null) {
    throw new NotesightError('no_vision_model', `${model.name} can't be asked to change an alt text`);
  }
  const fileName = file.slice(file.lastIndexOf('/') + 1);
  const shown = showImage({ file, context: { ...context, fileName }, signal }, model, ports);
  const task = { kind: 'refine', ...refinement } as const;
  const { alt } = await shown.ask(task, await shown.fit(null), null);
  if (alt === '') throw new NotesightError('answer_unusable', 'The model gave no alt text.');
  return alt;
}
