import * as z from 'zod/mini';
import { TFile, type App } from 'obsidian';
import type { PastedImage } from './pasted-images.ts';

const KEY = 'notesight-waiting';

const schema = z.array(z.object({ note: z.string(), image: z.string() }));

/** Images that were pasted while the server was down. The list belongs to this device, and outlives the app. */
export interface WaitingImages {
  readonly count: number;
  add(pasted: PastedImage): void;
  /** Empties the list. @returns what of it is still in the vault */
  take(): PastedImage[];
}

export function createWaitingImages(app: App): WaitingImages {
  const fileAt = (path: string) => app.vault.getAbstractFileByPath(path);
  let waiting: PastedImage[] | null = null;

  /** Read when first needed: the vault's files are known only once the layout is ready. */
  function all(): PastedImage[] {
    waiting ??= (schema.safeParse(app.loadLocalStorage(KEY)).data ?? []).flatMap(({ note, image }) => {
      const [noteFile, imageFile] = [fileAt(note), fileAt(image)];
      return noteFile instanceof TFile && imageFile instanceof TFile
        ? [{ note: noteFile, image: imageFile }]
        : [];
    });
    return waiting;
  }

  function save(list: PastedImage[]): void {
    waiting = list;
    const paths = list.map(({ note, image }) => ({ note: note.path, image: image.path }));
    app.saveLocalStorage(KEY, paths.length === 0 ? null : paths);
  }

  return {
    get count() {
      return all().length;
    },
    add(pasted) {
      const known = all().some(({ note, image }) => note === pasted.note && image === pasted.image);
      if (!known) save([...all(), pasted]);
    },
    take() {
      const list = all();
      save([]);
      return list;
    },
  };
}
