import ignore, { type Ignore } from 'ignore';
import type { Dirent } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileOfPlaceholder } from '../core/image/icloud-placeholder.ts';
import { isInside } from './vault-path.ts';

/** The files of a vault, as paths relative to it with `/` between their parts, sorted by code unit. */
export interface VaultFiles {
  /**
   * Every file that is not hidden: what an embed may name, even where `.gitignore` leaves it out; also one that is
   * only in iCloud.
   */
  readonly files: readonly string[];
  /** The notes among them that `.gitignore` does not leave out, each once, under its real name. */
  readonly notes: readonly string[];
  /** Folders that could not be read (`a/b/`; `./` is the vault itself). */
  readonly unreadable: readonly string[];
}

interface Folder {
  /** `''` or `a/b/`. */
  readonly prefix: string;
  readonly realPath: string;
  /** The rules of every `.gitignore` from the vault's root down to this folder. */
  readonly rules: Ignore;
  /** Whether its notes are wanted: not in an ignored folder, and not behind a link, for they have a name of their own. */
  readonly takesNotes: boolean;
  readonly behindLink: boolean;
}

/** Markdown by its usual extensions, with JSX (`.mdx`), and with code to run: Quarto, R Markdown. */
const NOTE = /\.(?:md|markdown|mdown|mkdn?|mdwn|mdtxt|mdtext|mdx|qmd|rmd)$/i;

/** Whether a file's name is that of a Markdown note. */
export function isNote(path: string): boolean {
  return NOTE.test(path);
}

/** Whether a walk passes over a file or folder by this name. */
export function isPassedOver(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

/**
 * Lists a vault. Hidden files and folders and `node_modules` are skipped. Links to files are listed whatever they
 * lead to; a link to a folder is followed where that lies in the vault, but no link within it, so that there is
 * an end.
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
    // What leads out of the vault, or up to a folder that the link itself is in, is not followed.
    if (!isInside(root, realPath) || isInside(realPath, linkPath)) return;
    await walk({ ...folder, prefix: `${path}/`, realPath, takesNotes: false, behindLink: true });
  }

  await walk({ prefix: '', realPath: root, rules: noRules(), takesNotes: true, behindLink: false });
  return { files: files.sort(), notes: notes.sort(), unreadable: unreadable.sort() };
}

function noRules(): Ignore {
  // As Git does by default on the systems whose file names ignore case.
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
 * A pattern of a folder's `.gitignore` as one of the root's, so that a single list of rules decides: only so does
 * what a nearer rule brings back stay, with all that is in it.
 * @see https://git-scm.com/docs/gitignore#_pattern_format
 */
function fromRoot(prefix: string, pattern: string): string {
  const negation = pattern.startsWith('!') ? '!' : '';
  const body = pattern.slice(negation.length);
  const isAnchored = body.trimEnd().slice(0, -1).includes('/');
  const literalPrefix = prefix.replaceAll(/[\\*?[\]]/g, '\\$&');
  return `${negation}/${literalPrefix}${isAnchored ? body.replace(/^\//, '') : `**/${body}`}`;
}
