import type {
  Expert,
  Experts,
  FittedImage,
  FoundThing,
  ImageCodec,
  ImageStore,
  PixelRegion,
} from '../ports.ts';
import { expertSize } from './expert-size.ts';
import { readableLines } from './readable-lines.ts';

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
      let scale = 1;
      const size: typeof expertSize = (source) => {
        const sent = expertSize(source);
        scale = source.width / sent.width;
        return sent;
      };
      const image = await codec.fit(await images.read(file, signal), size, signal);
      const found = await findAll([experts.objects, experts.faces], image, signal);
      return found.map((thing) => ({ ...thing, box: scaled(thing.box, scale) }));
    },
  };
}

async function findAll(
  experts: readonly Expert<FoundThing>[],
  image: FittedImage,
  signal: AbortSignal,
): Promise<FoundThing[]> {
  const found: FoundThing[] = [];
  for (const expert of experts) found.push(...(await expert.look(image, signal)));
  return found.sort((a, b) => b.score - a.score);
}

function scaled({ x, y, width, height }: PixelRegion, scale: number): PixelRegion {
  return {
    x: Math.round(x * scale),
    y: Math.round(y * scale),
    width: Math.round(width * scale),
    height: Math.round(height * scale),
  };
}
