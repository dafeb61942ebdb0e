import { stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { MAX_IMAGE_BYTES } from '../../core/image/limits.ts';
import type { VaultIndex } from '../../core/note/resolve-image.ts';
import { createVaultIndex } from '../../core/note/resolve-image.ts';
import type { ImageStore, NoteStore } from '../../core/ports.ts';
import { withInlineImages } from '../../core/note/with-inline-images.ts';
import { existingPath } from '../../node/existing-path.ts';
import type { Vault } from '../../node/find-vault-root.ts';
import { findVaultRoot } from '../../node/find-vault-root.ts';
import { createImageFiles } from '../../node/image-files.ts';
import { createNoteFiles } from '../../node/note-files.ts';
import { selectNotes } from '../../node/select-notes.ts';
import { unlistedFiles } from '../../node/unlisted-files.ts';
import { walkVault } from '../../node/walk-vault.ts';
import { say } from './output.ts';
import { skippedFiles } from './skipped-files.ts';

/** A vault with the selected notes. */
export interface SelectedVault extends Vault {
  /** Relative to the vault, sorted. */
  readonly selected: readonly string[];
  readonly index: VaultIndex;
  readonly notes: NoteStore;
  readonly images: ImageStore;
}

/**
 * @param paths notes, folders or vaults, possibly in several vaults
 * @param explicit the vault named by the user
 * @throws NotesightError `bad_usage`
 */
export async function selectVaults(paths: readonly string[], explicit?: string): Promise<SelectedVault[]> {
  const byRoot = new Map<string, { vault: Vault; paths: string[] }>();
  for (const path of paths) {
    const vault = await findVaultRoot(path, explicit);
    const known = byRoot.get(vault.root) ?? { vault, paths: [] };
    known.paths.push(path);
    byRoot.set(vault.root, known);
  }
  const selected: SelectedVault[] = [];
  for (const { vault, paths: named } of byRoot.values()) {
    const walked = await walkVault(vault.root);
    for (const folder of walked.unreadable) say(`Can't read the folder ${folder}; skipping its notes.`);
    const chosen = await selectNotes(vault.root, walked, named);
    const folders = await foldersAmong(named);
    const line = skippedFiles(
      folders.map(({ real }) => relative(vault.root, real).split(sep).join('/')),
      folders.map(({ path }) => path),
      walked,
      chosen,
    );
    if (line !== null) say(line);
    const notes = createNoteFiles(vault.root);
    selected.push({
      ...vault,
      selected: chosen,
      index: createVaultIndex(walked.files, unlistedFiles(vault)),
      notes,
      images: withInlineImages(createImageFiles(vault.root, MAX_IMAGE_BYTES), notes),
    });
  }
  return selected;
}

async function foldersAmong(paths: readonly string[]): Promise<{ path: string; real: string }[]> {
  const found = await Promise.all(paths.map(async (path) => ({ path, real: await existingPath(path) })));
  const areFolders = await Promise.all(found.map(async ({ real }) => (await stat(real)).isDirectory()));
  return found.filter((_, index) => areFolders[index]);
}
