import { NotesightError } from '../errors.ts';
import type { Description, ImageContext } from '../model/image-description.ts';
import { DESCRIBE_WHOLE, type DescribeTask } from '../model/image-description.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { FittedImage, ImageCodec, ImageStore, PixelRegion, PixelSize } from '../ports.ts';

/** An image that a model is shown, as a whole and in parts. */
export interface ShownImage {
  /** Makes a part of the image ready, or the whole where it is null. It is read anew: nobody holds it meanwhile. */
  readonly fit: (region: PixelRegion | null) => Promise<FittedImage>;
  /**
   * Asks the model; where the image is too large for its context, once more with a smaller one.
   * @param image as `fit` made it of the region
   */
  readonly ask: (task: DescribeTask, image: FittedImage, region: PixelRegion | null) => Promise<Description>;
}

export function showImage(
  file: string,
  context: ImageContext,
  model: VisionModel,
  { images, codec }: { readonly images: ImageStore; readonly codec: ImageCodec },
  signal: AbortSignal,
): ShownImage {
  const { tasks } = model;
  const fitTo = async (size: (source: PixelSize) => PixelSize, region: PixelRegion | null) =>
    codec.fit(await images.read(file, signal), size, signal, region);
  const perform = (task: DescribeTask, image: FittedImage) =>
    tasks === null || task === DESCRIBE_WHOLE
      ? model.describe(image, context, signal)
      : tasks.perform(task, image, context, signal);
  return {
    fit: (region) => fitTo(model.inputSize, region),
    async ask(task, image, region) {
      try {
        return await perform(task, image);
      } catch (error) {
        if (!(error instanceof NotesightError) || error.code !== 'context_overflow') throw error;
        return perform(task, await fitTo(halved(model.inputSize), region));
      }
    },
  };
}

/** Half the width and half the height: a quarter of the tokens, where they grow with the pixels. */
function halved(inputSize: (source: PixelSize) => PixelSize): (source: PixelSize) => PixelSize {
  return (source) => {
    const { width, height } = inputSize(source);
    return { width: Math.max(1, Math.round(width / 2)), height: Math.max(1, Math.round(height / 2)) };
  };
}
