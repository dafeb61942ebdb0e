import { NotesightError } from '../../core/errors.ts';
import type { ImageStore } from '../../core/ports.ts';

/** Images dropped or pasted onto the panel. They are not files of the vault and exist until the panel closes. */
export interface DroppedImages {
  /** @returns a substitute path for each file */
  add(files: readonly File[]): Promise<string[]>;
  /** URL of an image, or null if it was not dropped here. */
  urlOf(path: string): string | null;
  /** Wraps an image store so that it also reads the dropped images. */
  over(images: ImageStore): ImageStore;
  close(): void;
}

/** No vault path contains a colon. */
const PREFIX = 'dropped:';

/** @param urls creates and revokes the URL of an image for the panel, given its substitute path */
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
