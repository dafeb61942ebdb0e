import { isCancelled, NotesightError } from '../errors.ts';
import { fingerprint } from '../image/fingerprint.ts';
import type { ConversationModel } from '../model/conversation-model.ts';
import type { ImageCodec, ImageStore, PixelRegion } from '../ports.ts';
import type { Picture } from './conversation.ts';

/** Prepares pictures for requests, and keeps their bytes. */
export interface PictureLoader {
  /**
   * @param image its number in the conversation
   * @param region in pixels of the upright image; null for the whole image
   * @throws NotesightError every code of an image
   */
  load(file: string, image: number, region: PixelRegion | null, signal: AbortSignal): Promise<Picture>;
  /**
   * Loads a picture of an earlier turn with the same bytes as then. If the file is missing or has changed, the
   * picture has no bytes.
   */
  loadAgain(picture: Picture, file: string, signal: AbortSignal): Promise<void>;
  /** @returns null if the picture was not loaded */
  readonly bytesOf: (picture: Picture) => Uint8Array | null;
}

export interface PicturePorts {
  readonly images: ImageStore;
  readonly codec: ImageCodec;
  readonly model: Pick<ConversationModel, 'imageTokens' | 'inputSize'>;
}

export function createPictureLoader({ images, codec, model }: PicturePorts): PictureLoader {
  const ready = new Map<string, Uint8Array>();

  async function fit(file: string, image: number, region: PixelRegion | null, signal: AbortSignal) {
    const bytes = await images.read(file, signal);
    const print = await fingerprint(bytes);
    const fitted = await codec.fit(bytes, model.inputSize, signal, region);
    const { width, height } = fitted;
    const tokens = model.imageTokens(fitted);
    const picture: Picture = { image, region, fingerprint: print, tokens, size: { width, height } };
    return { picture, bytes: fitted.bytes };
  }

  return {
    async load(file, image, region, signal) {
      const { picture, bytes } = await fit(file, image, region, signal);
      ready.set(keyOf(picture), bytes);
      return picture;
    },
    async loadAgain(before, file, signal) {
      if (ready.has(keyOf(before))) return;
      try {
        const { picture, bytes } = await fit(file, before.image, before.region, signal);
        if (picture.fingerprint === before.fingerprint) ready.set(keyOf(picture), bytes);
      } catch (error) {
        if (isCancelled(error) || !(error instanceof NotesightError)) throw error;
      }
    },
    bytesOf: (picture) => ready.get(keyOf(picture)) ?? null,
  };
}

function keyOf({ image, region, fingerprint: print }: Picture): string {
  return JSON.stringify([image, region, print]);
}
