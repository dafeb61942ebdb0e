import { TFile, type App, type TAbstractFile } from 'obsidian';
import { listImages } from '../../core/caption/list-images.ts';
import { imageExtension } from './image-extension.ts';
import type { OpenEditors } from './open-editors.ts';
import type { VaultFiles } from './vault-files.ts';

/** How long after a paste Obsidian may take to save the image and to put its link into the note, in milliseconds. */
const PATIENCE = 10_000;
/** How often the note is looked at for the link, in milliseconds. */
const LOOK_EVERY = 150;

/** An image that came into a note by paste or drop. */
export interface PastedImage {
  readonly note: TFile;
  readonly image: TFile;
}

/** Notices which of the files that come into the vault were pasted or dropped into a note. */
export interface PasteWatch {
  /** Images are on their way into a note: Obsidian, or whoever handles the event, saves them. */
  expect(note: TFile, images: number): void;
  /** To be called for every file that comes into the vault. */
  created(file: TAbstractFile): void;
}

/** @param onPasted called once the image's link stands in the note, without words */
export function createPasteWatch(
  app: App,
  files: VaultFiles,
  editors: OpenEditors,
  onPasted: (pasted: PastedImage) => void,
): PasteWatch {
  const expected: { readonly note: TFile; images: number; readonly until: number }[] = [];
  const found = new WeakSet<TFile>();

  function look(paste: (typeof expected)[number], image: TFile): void {
    const { note, until } = paste;
    void isEmbedded(note, image).then((embedded) => {
      // Two pastes into one note that follow each other both look for it.
      if (found.has(image)) return;
      if (embedded) {
        found.add(image);
        paste.images--;
        onPasted({ note, image });
      } else if (Date.now() < until) {
        window.setTimeout(() => {
          look(paste, image);
        }, LOOK_EVERY);
      }
    });
  }

  async function isEmbedded(note: TFile, image: TFile): Promise<boolean> {
    if (app.vault.getFileByPath(note.path) === null) return false;
    const markdown = editors.of(note)?.state.doc.toString() ?? (await app.vault.cachedRead(note));
    return listImages(note.path, markdown, files.index()).some(
      ({ image: found }) => found.kind === 'file' && found.path === image.path,
    );
  }

  return {
    expect(note, images) {
      expected.push({ note, images, until: Date.now() + PATIENCE });
    },
    created(file) {
      if (!(file instanceof TFile) || !imageExtension(file)) return;
      while (expected[0] !== undefined && (expected[0].images === 0 || expected[0].until < Date.now())) {
        expected.shift();
      }
      // What a sync brings in the same moment is embedded nowhere near, and is forgotten.
      for (const paste of expected) {
        if (paste.images > 0) look(paste, file);
      }
    },
  };
}
