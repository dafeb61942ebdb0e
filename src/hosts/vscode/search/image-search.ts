import { stat } from 'node:fs/promises';
import { type Uri, workspace } from 'vscode';
import type { FoundImage } from '../../../core/search/image-index.ts';
import { createImageSearch, type ImageSearch as VaultSearch } from '../../../editor/image-search.ts';
import { dataFolder } from '../../../node/data-folder.ts';
import { createLineFile } from '../../../node/line-file.ts';
import { openVaults } from '../adapters/open-vaults.ts';
import { isNoteDocument, NOTE_FILES, type OpenVault, type Vaults } from '../adapters/vaults.ts';
import type { Disposable } from '../disposable.ts';
import type { Services } from '../services.ts';

/** A found image with its vault. */
export interface VaultImage extends FoundImage {
  readonly vault: OpenVault;
}

/** Searches the images of the whole workspace. */
export interface ImageSearch extends Disposable {
  /** @see VaultSearch.find */
  find(query: string, limit: number): Promise<VaultImage[]>;
  /** The images whose files changed last, among the notes indexed so far. */
  latest(limit: number): Promise<VaultImage[]>;
  readAll(signal: AbortSignal): Promise<void>;
  learnMeaning(signal: AbortSignal): Promise<void>;
  understand(query: string, signal: AbortSignal): Promise<boolean>;
}

export function createWorkspaceSearch(services: Services, vaults: Vaults): ImageSearch {
  const searches = new Map<OpenVault, VaultSearch>();

  function searchOf(vault: OpenVault): VaultSearch {
    const known = searches.get(vault);
    if (known !== undefined) return known;
    const { captioner, settings } = services.workOf(vault);
    const made = createImageSearch({
      ...captioner.ports,
      notePaths: () => vault.notes(),
      servers: () => services.servers.open(settings()),
      openVectors: async () => createLineFile((await dataFolder(vault)).vectors),
    });
    searches.set(vault, made);
    return made;
  }

  const all = async () => (await openVaults(vaults)).map((vault) => ({ vault, search: searchOf(vault) }));
  const watcher = workspace.createFileSystemWatcher(NOTE_FILES);
  const markChanged = (uri: Uri) => {
    const vault = vaults.known(uri);
    if (vault !== undefined) searches.get(vault)?.changed(vault.pathOf(uri));
  };
  const listeners = [
    watcher,
    watcher.onDidCreate(markChanged),
    watcher.onDidChange(markChanged),
    watcher.onDidDelete(markChanged),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (isNoteDocument(document)) markChanged(document.uri);
    }),
    services.onDescribed(({ vault }) => searches.get(vault)?.allChanged()),
  ];

  return {
    async find(query, limit) {
      const found = await Promise.all(
        (await all()).map(async ({ vault, search }) =>
          (await search.find(query, limit)).map((image) => ({ ...image, vault })),
        ),
      );
      // Scores depend only on the rank within a list, so they are comparable across lists.
      return found
        .flat()
        .sort((a, b) => b.score - a.score)
        .slice(0, limit);
    },
    async latest(limit) {
      const images = (await all()).flatMap(({ vault, search }) =>
        [...search.images()].map((image) => ({ ...image, vault, score: 0, terms: [] })),
      );
      const dated = await Promise.all(
        images.map(async (image) => ({ image, changed: await changedAt(image) })),
      );
      return dated
        .sort((a, b) => b.changed - a.changed)
        .slice(0, limit)
        .map(({ image }) => image);
    },
    async readAll(signal) {
      for (const { search } of await all()) await search.readAll(() => undefined, signal);
    },
    async learnMeaning(signal) {
      for (const { search } of await all()) await search.learnMeaning(signal);
    },
    async understand(query, signal) {
      let more = false;
      for (const { search } of await all()) more = (await search.understand(query, signal)) || more;
      return more;
    },
    dispose() {
      for (const listener of listeners) listener.dispose();
    },
  };
}

/** When the file of an image changed, in milliseconds; 0 if it is part of the note, remote, or missing. */
async function changedAt({ vault, file }: VaultImage): Promise<number> {
  return stat(vault.uriOf(file).fsPath).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
