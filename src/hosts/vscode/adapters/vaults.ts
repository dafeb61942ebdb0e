import { type Dirent, readdirSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { type DocumentFilter, RelativePattern, type TextDocument, Uri, workspace } from 'vscode';
import { isWikiImageTarget } from '../../../core/note/image-target.ts';
import { createVaultIndex, type VaultIndex } from '../../../core/note/resolve-image.ts';
import type { VaultFiles } from '../../../editor/vault-files.ts';
import { findVaultRoot, type Vault } from '../../../node/find-vault-root.ts';
import { unlistedFiles } from '../../../node/unlisted-files.ts';
import { isInside } from '../../../node/vault-path.ts';
import { isNote, isPassedOver, walkVault } from '../../../node/walk-vault.ts';
import type { Disposable } from '../disposable.ts';

/** A vault that contains notes of the workspace. */
export interface OpenVault extends Vault {
  readonly files: VaultFiles;
  /** Path relative to the vault; the file need not exist. */
  pathOf(uri: Uri): string;
  readonly uriOf: (path: string) => Uri;
  /**
   * The current notes of the vault, without those excluded by `.gitignore`. Of a repository, only those in the folders
   * open in VS Code.
   */
  notes(): Promise<readonly string[]>;
}

/** The vaults of the workspace. */
export interface Vaults extends Disposable {
  /** The vault of a note, with its files listed; the same object each time. */
  of(note: Uri): Promise<OpenVault>;
  /** The same, if it is already known. */
  known(note: Uri): OpenVault | undefined;
  /** The notes in a folder, grouped by vault. */
  notesIn(folder: Uri): Promise<{ readonly vault: OpenVault; readonly notes: readonly string[] }[]>;
  /** Calls the listener when files of a vault were created or deleted. */
  onChange(listener: () => void): Disposable;
}

/** The files that are notes, consistent with `isNote`. */
export const NOTE_FILES = '**/*.{md,markdown,mdown,mkd,mkdn,mdwn,mdtxt,mdtext,mdx,qmd,Rmd,rmd}';

/** The documents that are notes, for the providers; VS Code may treat `.mdx` and similar files as plain text. */
export const NOTES: readonly DocumentFilter[] = [
  { language: 'markdown', scheme: 'file' },
  { pattern: NOTE_FILES, scheme: 'file' },
];

/** Whether a document is a supported note: Markdown in a file. */
export function isNoteDocument({ uri, languageId }: TextDocument): boolean {
  return uri.scheme === 'file' && (languageId === 'markdown' || isNote(uri.fsPath));
}

export function createVaults(): Vaults {
  const roots = new Map<string, Promise<OpenVault>>();
  const byFolder = new Map<string, OpenVault>();
  const watchers: Disposable[] = [];
  const listeners = new Set<() => void>();

  function opened(vault: Vault): Promise<OpenVault> {
    const known = roots.get(vault.root);
    if (known !== undefined) return known;
    const files = watchedFiles(vault, () => {
      for (const listener of listeners) listener();
    });
    watchers.push(files);
    const opening = files.read().then(() => openVault(vault, files));
    roots.set(vault.root, opening);
    return opening;
  }

  async function of(note: Uri): Promise<OpenVault> {
    const folder = dirname(note.fsPath);
    const known = byFolder.get(folder);
    if (known !== undefined) return known;
    const vault = await opened(await rootOf(note));
    byFolder.set(folder, vault);
    return vault;
  }

  return {
    of,
    known: (note) => byFolder.get(dirname(note.fsPath)),
    async notesIn(folder) {
      const root = realPath(folder.fsPath);
      const outer = await opened(await rootOf(Uri.joinPath(folder, 'note.md')));
      const found = new Map<OpenVault, string[]>();
      for (const note of (await walkVault(outer.root)).notes) {
        const uri = outer.uriOf(note);
        if (!isInside(root, join(outer.root, note))) continue;
        // The folder may contain a separate vault.
        const vault = await of(uri);
        found.set(vault, [...(found.get(vault) ?? []), vault.pathOf(uri)]);
      }
      return [...found].map(([vault, notes]) => ({ vault, notes }));
    },
    onChange(listener) {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
    dispose() {
      for (const watcher of watchers) watcher.dispose();
    },
  };
}

/**
 * The nearest parent folder with `.obsidian`, as in all hosts; otherwise the repository that contains the folder open
 * in VS Code, because images of `docs/` may be next to it; otherwise that folder.
 */
async function rootOf(note: Uri): Promise<Vault> {
  const found = await findVaultRoot(dirname(note.fsPath));
  const folder = workspace.getWorkspaceFolder(note)?.uri.fsPath;
  if (found.kind === 'obsidian' || folder === undefined) return found;
  const isAround = found.kind === 'git' && isInside(found.root, realPath(folder));
  return isAround ? found : findVaultRoot(folder, folder);
}

/** Whether a file of a repository is in a folder open in VS Code. If none is, all of them count. */
function isOpened(path: string): boolean {
  const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => realPath(uri.fsPath));
  return folders.length === 0 || folders.some((folder) => isInside(folder, path));
}

interface WatchedFiles extends VaultFiles, Disposable {
  read(): Promise<void>;
}

/** Read once and then updated from VS Code's file events. */
function watchedFiles(vault: Vault, onChange: () => void): WatchedFiles {
  const { root } = vault;
  const hasUnlisted = unlistedFiles(vault);
  const files = new Set<string>();
  let index: VaultIndex | null = null;
  const watcher = workspace.createFileSystemWatcher(
    new RelativePattern(Uri.file(root), '**/*'),
    false,
    true,
    false,
  );
  const change = (apply: (path: string) => void) => (uri: Uri) => {
    const path = relative(root, realPath(uri.fsPath)).split(sep).join('/');
    if (!path.split('/').some(isPassedOver)) apply(path);
    // It is in no list, but a note may refer to it.
    else if (hasUnlisted === undefined || !isWikiImageTarget(path)) return;
    index = null;
    onChange();
  };
  // A folder that is created or deleted together with its files is reported alone.
  watcher.onDidCreate(
    change((path) => {
      for (const file of filesOf(root, path)) files.add(file);
    }),
  );
  watcher.onDidDelete(
    change((path) => {
      files.delete(path);
      for (const file of files) if (file.startsWith(`${path}/`)) files.delete(file);
    }),
  );
  return {
    async read() {
      for (const file of (await walkVault(root)).files) files.add(file);
      index = null;
    },
    index: () => (index ??= createVaultIndex([...files], hasUnlisted)),
    dispose() {
      watcher.dispose();
    },
  };
}

/** The path itself, unless it is a folder: then the paths of the files in it. */
function filesOf(root: string, path: string): string[] {
  const entries = entriesOf(join(root, path));
  if (entries === null) return [path];
  return entries
    .filter((entry) => !isPassedOver(entry.name))
    .flatMap((entry) => {
      const inner = `${path}/${entry.name}`;
      return entry.isDirectory() ? filesOf(root, inner) : [inner];
    });
}

/** Null if it is no folder, or can't be read. */
function entriesOf(folder: string): Dirent[] | null {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return null;
  }
}

function openVault(vault: Vault, files: VaultFiles): OpenVault {
  const pathOf = (uri: Uri) => relative(vault.root, realPath(uri.fsPath)).split(sep).join('/');
  return {
    ...vault,
    files,
    pathOf,
    uriOf(path) {
      const real = Uri.file(join(vault.root, path));
      // If a link leads into the vault, an open document has another name.
      const open = workspace.textDocuments.find(
        ({ uri }) => uri.scheme === 'file' && pathOf(uri) === path && uri.fsPath !== real.fsPath,
      );
      return open?.uri ?? real;
    },
    async notes() {
      const { notes } = await walkVault(vault.root);
      return vault.kind === 'git' ? notes.filter((note) => isOpened(join(vault.root, note))) : notes;
    },
  };
}

/** The real path with all links followed; for a missing file, based on its folder. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(realPath(folder), path.slice(folder.length).replace(/^[\\/]/, ''));
  }
}
