import { scaleRegion } from '../image/scale-region.ts';
import type {
  Recognizers,
  DetectedObject,
  ImageCodec,
  ImageStore,
  PixelRegion,
  PixelSize,
} from '../ports.ts';
import { readableLines } from './readable-lines.ts';
import { recognitionSize } from './recognition-size.ts';

/** Runs the recognizers on images of a vault. Rejects with every code of images and recognizers. */
export interface ImageRecognizers {
  /** @returns the text in an image or in a region of it, line by line; '' for none */
  readText(file: string, region: PixelRegion | null, signal: AbortSignal): Promise<string>;
  /** @returns objects and faces, most certain first, with boxes in pixels of the upright image */
  findObjects(file: string, signal: AbortSignal): Promise<readonly DetectedObject[]>;
}

export function createImageRecognizers(ports: {
  readonly images: ImageStore;
  readonly codec: ImageCodec;
  readonly recognizers: Recognizers;
}): ImageRecognizers {
  const { images, codec, recognizers } = ports;
  return {
    async readText(file, region, signal) {
      const image = await codec.fit(await images.read(file, signal), recognitionSize, signal, region);
      return readableLines(await recognizers.text.look(image, signal)).join('\n');
    },
    async findObjects(file, signal) {
      let upright: PixelSize = { width: 1, height: 1 };
      const size = (source: PixelSize) => {
        upright = source;
        return recognitionSize(source);
      };
      const image = await codec.fit(await images.read(file, signal), size, signal);
      const found = await recognizers.objects.look(image, signal);
      return found
        .map((object) => ({ ...object, box: scaleRegion(object.box, image, upright) }))
        .sort((a, b) => b.score - a.score);
    },
  };
}
