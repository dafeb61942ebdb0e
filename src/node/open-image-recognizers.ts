import type { ImageCodec, ImageStore } from '../core/ports.ts';
import { createImageRecognizers, type ImageRecognizers } from '../core/recognition/image-recognizers.ts';
import type { OpenRecognizers } from './open-recognizers.ts';

/** Recognizers that hold threads until they are closed. */
export interface OpenImageRecognizers extends ImageRecognizers {
  close(): Promise<void>;
}

/** The local recognizers, for the images of a vault. They load on first use, because few questions need them. */
export function openImageRecognizers(ports: {
  readonly images: ImageStore;
  readonly codec: ImageCodec;
}): OpenImageRecognizers {
  let opened: Promise<OpenRecognizers> | null = null;
  const recognizers = () =>
    (opened ??= import('./open-recognizers.ts').then(({ openRecognizers }) => openRecognizers()));
  const over = async () => createImageRecognizers({ ...ports, recognizers: await recognizers() });
  return {
    readText: async (file, region, signal) => (await over()).readText(file, region, signal),
    findObjects: async (file, signal) => (await over()).findObjects(file, signal),
    async close() {
      await (await opened)?.close();
    },
  };
}
