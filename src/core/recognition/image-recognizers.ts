import { scaleRegion } from '../image/scale-region.ts';
import type { Experts, FoundThing, ImageCodec, ImageStore, PixelRegion, PixelSize } from '../ports.ts';
import { readableLines } from './readable-lines.ts';
import { expertSize } from './recognition-size.ts';

/** What experts find in the images of a vault. Rejects with every code of images and experts. */
export interface ImageExperts {
  /** @returns the text in an image or in a part of it, line by line; '' where there is none */
  readText(file: string, region: PixelRegion | null, signal: AbortSignal): Promise<string>;
  /** @returns objects and faces, the surest first, with boxes in pixels of the upright image */
  findThings(file: string, signal: AbortSignal): Promise<readonly FoundThing[]>;
}

export function createImageExperts(ports: {
  readonly images: ImageStore;
  readonly codec: ImageCodec;
  readonly experts: Experts;
}): ImageExperts {
  const { images, codec, experts } = ports;
  return {
    async readText(file, region, signal) {
      const image = await codec.fit(await images.read(file, signal), expertSize, signal, region);
      return readableLines(await experts.text.look(image, signal)).join('\n');
    },
    async findThings(file, signal) {
      let upright: PixelSize = { width: 1, height: 1 };
      const size = (source: PixelSize) => {
        upright = source;
        return expertSize(source);
      };
      const image = await codec.fit(await images.read(file, signal), size, signal);
      const found = await experts.things.look(image, signal);
      return found
        .map((thing) => ({ ...thing, box: scaleRegion(thing.box, image, upright) }))
        .sort((a, b) => b.score - a.score);
    },
  };
}
