import type { ImageCodec, ImageStore } from '../core/ports.ts';
import { createImageExperts, type ImageExperts } from '../core/recognition/image-recognizers.ts';
import type { OpenExperts } from './open-recognizers.ts';

/** Experts that hold threads until they are closed. */
export interface OpenImageExperts extends ImageExperts {
  close(): Promise<void>;
}

/** The experts of this machine, over the images of a vault. They are loaded when they are first asked: few questions need them. */
export function openImageExperts(ports: {
  readonly images: ImageStore;
  readonly codec: ImageCodec;
}): OpenImageExperts {
  let opened: Promise<OpenExperts> | null = null;
  const experts = () => (opened ??= import('./open-recognizers.ts').then(({ openExperts }) => openExperts()));
  const over = async () => createImageExperts({ ...ports, experts: await experts() });
  return {
    readText: async (file, region, signal) => (await over()).readText(file, region, signal),
    findThings: async (file, signal) => (await over()).findThings(file, signal),
    async close() {
      await (await opened)?.close();
    },
  };
}
