import ignore, { type Ignore } from 'ignore';
import type { Dirent } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileOfPlaceholder } from '../core/image/icloud-placeholder.ts';
import { isInside } from './vault-path.ts';

/** The files of a vault, as relative paths separated by `/`, sorted by code unit. */
export interface VaultFiles {
  /**
   * All files that are not hidden: what an embed may refer to, even if `.gitignore` excludes it or it is only in
   * iCloud.
   */
  readonly files: readonly string[];
  /** The notes among them that `.gitignore` does not exclude, each once, under its real path. */
  readonly notes: readonly string[];
  /** Folders that could not be read (`a/b/`; `./` is the vault itself). */
  readonly unreadable: readonly string[];
}

interface Folder {
  /** `''` or `a/b/`. */
  readonly prefix: string;
  readonly realPath: string;
  /** The rules of all `.gitignore` files from the vault's root down to this folder. */
  readonly rules: Ignore;
  /**
   * Whether to list its notes: not in an ignored folder, and not behind a link, because they are listed under their
   * real path.
   */
  readonly takesNotes: boolean;
  readonly behindLink: boolean;
}

/** Common Markdown extensions, MDX (`.mdx`), Quarto and R Markdown. */
const NOTE = /\.(?:md|markdown|mdown|mkdn?|mdwn|mdtxt|mdtext|mdx|qmd|rmd)$/i;

export function isNote(path: string): boolean {
  return NOTE.test(path);
}

/** Whether the walk skips a file or folder with this name. */
export function isPassedOver(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

/**
 * Lists a vault. Skips hidden files and folders, and `node_modules`. Lists links to files, whatever their target.
 * Follows a link to a folder inside the vault, but no links within that folder, so that the walk ends.
 * @param root the vault's real path
 */
export async function walkVault(root: string): Promise<VaultFiles> {
  const files: string[] = [];
  const notes: string[] = [];
  const unreadable: string[] = [];

  async function walk(folder: Folder): Promise<void> {
    const entries = await readdir(folder.realPath, { withFileTypes: true }).catch(() => null);
    if (entries === null) {
      unreadable.push(folder.prefix || './');
      return;
    }
    const rules = folder.takesNotes ? await withRulesIn(folder, entries) : folder.rules;
    const below: Promise<void>[] = [];
    const names = new Set(entries.map(({ name }) => name));
    for (const entry of entries) {
      const { name } = entry;
      const kept = fileOfPlaceholder(name);
      if (kept !== null && !names.has(kept)) files.push(folder.prefix + kept);
      if (isPassedOver(name)) continue;
      const path = folder.prefix + name;
      const realPath = join(folder.realPath, name);
      if (entry.isDirectory()) {
        const takesNotes = folder.takesNotes && !rules.ignores(`${path}/`);
        below.push(walk({ ...folder, prefix: `${path}/`, realPath, rules, takesNotes }));
      } else if (entry.isFile()) {
        files.push(path);
        if (folder.takesNotes && isNote(name) && !rules.ignores(path)) notes.push(path);
      } else if (entry.isSymbolicLink()) {
        below.push(walkLink(folder, path, realPath));
      }
    }
    await Promise.all(below);
  }

  async function walkLink(folder: Folder, path: string, linkPath: string): Promise<void> {
    const realPath = await realpath(linkPath).catch(() => null);
    const target = realPath === null ? null : await stat(realPath).catch(() => null);
    if (target?.isFile()) files.push(path);
    if (realPath === null || !target?.isDirectory() || folder.behindLink) return;
    // Don't follow links that lead outside the vault or to a parent folder of the link.
    if (!isInside(root, realPath) || isInside(realPath, linkPath)) return;
    await walk({ ...folder, prefix: `${path}/`, realPath, takesNotes: false, behindLink: true });
  }

  await walk({ prefix: '', realPath: root, rules: noRules(), takesNotes: true, behindLink: false });
  return { files: files.sort(), notes: notes.sort(), unreadable: unreadable.sort() };
}

function noRules(): Ignore {
  // Git's default on systems with case-insensitive file names.
  return ignore({ ignorecase: process.platform === 'darwin' || process.platform === 'win32' });
}

async function withRulesIn(folder: Folder, entries: readonly Dirent[]): Promise<Ignore> {
  if (!entries.some((entry) => entry.name === '.gitignore')) return folder.rules;
  const text = await readFile(join(folder.realPath, '.gitignore'), 'utf8').catch(() => '');
  const patterns = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return noRules()
    .add(folder.rules)
    .add(patterns.map((pattern) => fromRoot(folder.prefix, pattern)));
}

/**
 * Converts a pattern of a folder's `.gitignore` to the root, so that a single list of rules applies. Otherwise a
 * nearer rule could not re-include a file and everything inside it.
 * @see https://git-scm.com/docs/gitignore#_pattern_format
 */
function fromRoot(prefix: string, pattern: string): string {
  const negation = pattern.startsWith('!') ? '!' : '';
  const body = pattern.slice(negation.length);
  const isAnchored = body.trimEnd().slice(0, -1).includes('/');
  const literalPrefix = prefix.replaceAll(/[\\*?[\]]/g, '\\$&');
  return `${negation}/${literalPrefix}${isAnchored ? body.replace(/^\//, '') : `**/${body}`}`;
}
