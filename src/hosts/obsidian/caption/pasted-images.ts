import { type App, type TAbstractFile, TFile } from 'obsidian';
import { listImages } from '../../../core/note/list-images.ts';
import type { VaultFiles } from '../../../editor/vault-files.ts';
import type { OpenEditors } from '../adapters/open-editors.ts';
import { imageExtension } from './image-extension.ts';

/** Time limit for Obsidian to save a pasted image and insert its link, in milliseconds. */
const PATIENCE = 10_000;
/** Interval for checking the note for the link, in milliseconds. */
const CHECK_INTERVAL = 150;

/** An image added to a note by paste or drop. */
export interface PastedImage {
  readonly note: TFile;
  readonly image: TFile;
}

/** Detects which of the new files in the vault were pasted or dropped into a note. */
export interface PasteWatch {
  /** Call when images are about to be added to a note; Obsidian or another plugin saves them. */
  expect(note: TFile, images: number): void;
  /** Call for every file created in the vault. */
  readonly created: (file: TAbstractFile) => void;
}

interface Paste {
  readonly note: TFile;
  /** Number of images still expected. */
  images: number;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** @param onPasted called when the note contains the link of the image, without alt text */
export function createPasteWatch(
  app: App,
  files: VaultFiles,
  editors: OpenEditors,
  onPasted: (pasted: PastedImage) => void,
): PasteWatch {
  let expected: Paste[] = [];

  /** Each image belongs to one paste: the first whose note embeds it. */
  async function check(image: TFile, pastes: readonly Paste[]): Promise<void> {
    for (const paste of pastes) {
      if (paste.images === 0 || !(await isEmbedded(paste.note, image))) continue;
      paste.images--;
      onPasted({ note: paste.note, image });
      return;
    }
    const patient = pastes.filter(({ until }) => Date.now() < until);
    if (patient.length > 0) window.setTimeout(() => void check(image, patient), CHECK_INTERVAL);
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
      // A file synced at the same moment is not embedded in the note, so it is ignored.
      if (expected.length > 0) void check(file, expected);
    },
  };
}
