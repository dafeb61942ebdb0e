import type { Vault } from 'obsidian';
import { NotesightError } from '../../core/errors.ts';
import { MAX_IMAGE_BYTES } from '../../core/image/limits.ts';
import type { ImageStore } from '../../core/ports.ts';

/** The image files of the vault. */
export function createObsidianImages(vault: Vault): ImageStore {
  return {
    async read(path, signal) {
      const stop = () => {
        if (signal.aborted) throw new NotesightError('cancelled', `${path} was being read`);
      };
      stop();
      const file = vault.getFileByPath(path);
      if (file === null)
        throw new NotesightError('image_missing', `${path} is not there`, { data: { path } });
      const { size } = file.stat;
      if (size > MAX_IMAGE_BYTES) {
        throw new NotesightError('image_too_large', `${path} has ${size} bytes`, {
          data: { path, bytes: size, maxBytes: MAX_IMAGE_BYTES },
        });
      }
      const bytes = await vault.readBinary(file).catch((cause: unknown) => {
        throw new NotesightError('image_unreadable', `${path}: ${String(cause)}`, { data: { path }, cause });
      });
      stop();
      return new Uint8Array(bytes);
    },
  };
}
