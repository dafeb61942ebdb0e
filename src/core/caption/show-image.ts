import { NotesightError } from '../errors.ts';
import type { Description } from '../model/image-description.ts';
import { DESCRIBE_WHOLE, type DescribeTask } from '../model/image-description.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { FittedImage, ImageCodec, ImageStore, PixelRegion, PixelSize } from '../ports.ts';
import type { ImageJob } from './image-job.ts';

/** An image to send to a model, as a whole and in tiles. */
export interface ShownImage {
  /**
   * Prepares a region of the image, or the whole image if null. The file is read again each time, so that its bytes
   * are not kept in memory.
   */
  readonly fit: (region: PixelRegion | null) => Promise<FittedImage>;
  /**
   * Runs the model. If the image is too large for its context, retries once with a smaller image.
   * @param image the result of `fit` for the region
   */
  readonly ask: (task: DescribeTask, image: FittedImage, region: PixelRegion | null) => Promise<Description>;
}

export function showImage(
  { file, context, signal }: Omit<ImageJob, 'print' | 'promptPrint'>,
  model: VisionModel,
  { images, codec }: { readonly images: ImageStore; readonly codec: ImageCodec },
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

/** Halves the width and height, which quarters the tokens if they grow with the pixels. */
function halved(inputSize: (source: PixelSize) => PixelSize): (source: PixelSize) => PixelSize {
  return (source) => {
    const { width, height } = inputSize(source);
    return { width: Math.max(1, Math.round(width / 2)), height: Math.max(1, Math.round(height / 2)) };
  };
}
