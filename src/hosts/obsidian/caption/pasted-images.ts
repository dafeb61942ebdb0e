import { type App, type TAbstractFile, TFile } from 'obsidian';
import { listImages } from '../../../core/note/list-images.ts';
import type { VaultFiles } from '../../../editor/vault-files.ts';
import type { OpenEditors } from '../adapters/open-editors.ts';
import { imageExtension } from './image-extension.ts';

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

interface Paste {
  readonly note: TFile;
  /** How many of its images are still to come. */
  images: number;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** @param onPasted called once the image's link stands in the note, without words */
export function createPasteWatch(
  app: App,
  files: VaultFiles,
  editors: OpenEditors,
  onPasted: (pasted: PastedImage) => void,
): PasteWatch {
  let expected: Paste[] = [];

  /** Each image belongs to one paste: the first whose note embeds it. */
  async function look(image: TFile, pastes: readonly Paste[]): Promise<void> {
    for (const paste of pastes) {
      if (paste.images === 0 || !(await isEmbedded(paste.note, image))) continue;
      paste.images--;
      onPasted({ note: paste.note, image });
      return;
    }
    const patient = pastes.filter(({ until }) => Date.now() < until);
    if (patient.length > 0) window.setTimeout(() => void look(image, patient), LOOK_EVERY);
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
      expected = expected.filter(({ images, until }) => images > 0 && Date.now() < until);
      // What a sync brings in the same moment is embedded nowhere near, and is forgotten.
      if (expected.length > 0) void look(file, expected);
    },
  };
}
