import type { ImageCodec, ImageStore } from '../core/ports.ts';
import { createImageRecognizers, type ImageRecognizers } from '../core/recognition/image-recognizers.ts';
import { createLazyRecognizers } from './lazy-recognizers.ts';

/** Recognizers that hold threads until they are closed. */
export interface OpenImageRecognizers extends ImageRecognizers {
  close(): Promise<void>;
}

/** The local recognizers, for the images of a vault. They load on first use, because few questions need them. */
export function openImageRecognizers(ports: {
  readonly images: ImageStore;
  readonly codec: ImageCodec;
}): OpenImageRecognizers {
  const lazy = createLazyRecognizers();
  const over = async () => createImageRecognizers({ ...ports, recognizers: await lazy.open() });
  return {
    readText: async (file, region, signal) => (await over()).readText(file, region, signal),
    findObjects: async (file, signal) => (await over()).findObjects(file, signal),
    close: lazy.close,
  };
}
