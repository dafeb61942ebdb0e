import { NotesightError } from '../../core/errors.ts';
import type { ImageStore } from '../../core/ports.ts';

/** Images that were dropped or pasted onto the panel: they are no files of the vault, and are here until it is closed. */
export interface DroppedImages {
  /** @returns what stands for the path of each */
  add(files: readonly File[]): Promise<string[]>;
  /** URL of an image, or null where it is none of these. */
  urlOf(path: string): string | null;
  /** Reads these, and all others from elsewhere. */
  over(images: ImageStore): ImageStore;
  close(): void;
}

/** No path of a vault has a colon. */
const PREFIX = 'dropped:';

/**
 * @param urls makes the URL of an image for the panel, given what stands for its path, and lets go of it
 */
export function createDroppedImages(urls: {
  readonly make: (file: File, path: string) => string;
  readonly revoke: (url: string) => void;
}): DroppedImages {
  const dropped = new Map<string, { readonly url: string; readonly bytes: Uint8Array<ArrayBuffer> }>();
  return {
    async add(files) {
      const paths: string[] = [];
      for (const file of files) {
        const path = `${PREFIX}${dropped.size + 1}/${file.name}`;
        dropped.set(path, {
          url: urls.make(file, path),
          bytes: new Uint8Array(await file.arrayBuffer()),
        });
        paths.push(path);
      }
      return paths;
    },
    urlOf: (path) => dropped.get(path)?.url ?? null,
    over: (images) => ({
      read(path, signal) {
        if (!path.startsWith(PREFIX)) return images.read(path, signal);
        const image = dropped.get(path);
        if (image !== undefined) return Promise.resolve(image.bytes.slice());
        const data = { path: path.slice(path.indexOf('/') + 1) };
        return Promise.reject(new NotesightError('image_missing', 'dropped in another session', { data }));
      },
    }),
    close() {
      for (const { url } of dropped.values()) urls.revoke(url);
      dropped.clear();
    },
  };
}
