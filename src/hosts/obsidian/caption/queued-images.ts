import type { App } from 'obsidian';
import * as z from 'zod/mini';
import type { PastedImage } from './pasted-images.ts';

const KEY = 'notesight-waiting';

const schema = z.array(z.object({ note: z.string(), image: z.string() }));

/** Images pasted while the server was down. The list is local to this device and survives restarts. */
export interface QueuedImages {
  readonly count: number;
  /** The queued images that still exist in the vault, oldest first. */
  all(): readonly PastedImage[];
  add(pasted: PastedImage): void;
  remove(pasted: PastedImage): void;
  /** Call after files were renamed. */
  readonly renamed: () => void;
}

export function createQueuedImages(app: App): QueuedImages {
  let list: readonly PastedImage[] | null = null;

  /** Loaded on first use, because the vault's files are known only after the layout is ready. */
  function all(): readonly PastedImage[] {
    list ??= (schema.safeParse(app.loadLocalStorage(KEY)).data ?? []).flatMap(({ note, image }) => {
      const [noteFile, imageFile] = [app.vault.getFileByPath(note), app.vault.getFileByPath(image)];
      return noteFile && imageFile ? [{ note: noteFile, image: imageFile }] : [];
    });
    return list.filter(({ note, image }) =>
      [note, image].every((file) => app.vault.getFileByPath(file.path) === file),
    );
  }

  function save(images: readonly PastedImage[]): void {
    list = images;
    const paths = images.map(({ note, image }) => ({ note: note.path, image: image.path }));
    app.saveLocalStorage(KEY, paths.length === 0 ? null : paths);
  }

  const without = (pasted: PastedImage) =>
    all().filter(({ note, image }) => note !== pasted.note || image !== pasted.image);

  return {
    get count() {
      return all().length;
    },
    all,
    add(pasted) {
      save([...without(pasted), pasted]);
    },
    remove(pasted) {
      if (list !== null && list.length > 0) save(without(pasted));
    },
    renamed() {
      if (list !== null && list.length > 0) save(all());
    },
  };
}
