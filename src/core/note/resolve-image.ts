import type { EmbedSyntax, ImageEmbed } from './image-embed.ts';
import { hasExtension } from './image-target.ts';
import { inlineSource } from './inline-source.ts';
import { servedPaths, siteTarget } from './site-paths.ts';

/** The files of a vault by path and by name, ignoring case and Unicode normalization. */
export interface VaultIndex {
  /** Folded path → paths as spelled in the vault; several if they differ only in case or normalization. */
  readonly byPath: ReadonlyMap<string, readonly string[]>;
  /** Folded file name → paths, shortest first. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
  /**
   * Checks for a file that is not in the list of files, such as one in a hidden folder. Undefined if embeds
   * may only refer to listed files.
   * @param path relative to the vault, without `..`
   * @returns whether the file exists in the vault
   */
  readonly hasUnlisted?: ((path: string) => boolean) | undefined;
}

/** The resolved target of an embed. */
export type ResolvedImage =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'remote'; readonly url: string }
  /** The note contains the image as a `data:` URI; `source` identifies it in place of a path. */
  | { readonly kind: 'data'; readonly url: string; readonly source: string }
  /** The target names a file that is not in the vault. */
  | { readonly kind: 'missing' }
  /** The target is a note, which may not exist yet, and not an image. */
  | { readonly kind: 'note' }
  /** The path is an expression such as `{logo}` that only the site generator can evaluate. */
  | { readonly kind: 'computed' }
  /** The target is outside the vault: a `file:` URL, an absolute Windows path, or too many `..`. */
  | { readonly kind: 'outside' };

/**
 * Builds the index of a vault once.
 * @param paths paths of all files, relative to the vault, separated by `/`
 * @param hasUnlisted see `VaultIndex`
 */
export function createVaultIndex(
  paths: readonly string[],
  hasUnlisted?: VaultIndex['hasUnlisted'],
): VaultIndex {
  const byPath = new Map<string, string[]>();
  const byName = new Map<string, string[]>();
  for (const path of paths.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
    const folded = fold(path);
    addTo(byPath, folded, path);
    addTo(byName, folded.slice(folded.lastIndexOf('/') + 1), path);
  }
  return { byPath, byName, hasUnlisted };
}

/**
 * Resolves the target of an embed to a file. A Markdown or HTML target is a URL relative to the note, or else
 * to the root of the vault, or else resolved like a wiki target. A wiki target is resolved as in Obsidian:
 * the exact path from the root, or else a path with this ending, first in the folder of the note, then the
 * shortest (observed on Obsidian 1.13.7: https://github.com/pvliesdonk/markdown-vault-mcp/pull/1380). A
 * target that starts with `/` is resolved from the root of the vault and, in Markdown and HTML, then from the
 * root of the site that contains the note (`servedPaths`). A target that starts with `./` or contains `..` is
 * resolved relative to the note only. As in Obsidian, a Markdown target without an extension that matches no
 * file is a note. Symbolic links are not resolved; the caller must check that they stay inside the vault.
 * @param notePath relative to the vault, with `/`
 * @param rootUrl the root of paths with a leading `/` as set in the note, relative to the note; null if not
 * set
 */
export function resolveImage(
  { target, syntax }: Pick<ImageEmbed, 'target' | 'syntax'>,
  notePath: string,
  index: VaultIndex,
  rootUrl: string | null = null,
): ResolvedImage {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(target)?.[1]?.toLowerCase();
  if (scheme === 'http' || scheme === 'https') return { kind: 'remote', url: target };
  if (scheme === 'data') return { kind: 'data', url: target, source: inlineSource(notePath, target) };
  // Obsidian uses `app:` for local files with an absolute path. A one-letter scheme is a Windows drive.
  if (scheme === 'file' || scheme === 'app' || scheme?.length === 1) return { kind: 'outside' };
  if (target.startsWith('//')) return { kind: 'remote', url: target };
  if (target.startsWith('\\\\')) return { kind: 'outside' };

  const place = { folder: notePath.slice(0, notePath.lastIndexOf('/') + 1), rootUrl, index };
  const { path: read, fromSite, isComputed } = siteTarget(target, syntax);
  // A file may be named `{a}.png`; only if there is none is the target an expression.
  const asItStands = findSpelled(target, syntax, place, false);
  const isRead = read !== null && read !== target && typeof asItStands !== 'string';
  const found = isRead ? findSpelled(read, syntax, place, fromSite) : asItStands;
  if (typeof found === 'string') return { kind: 'file', path: found };
  if (isComputed) return { kind: 'computed' };
  if (found === null) return { kind: 'outside' };
  const canBeNote = scheme === undefined && (syntax === 'markdown' || syntax === 'reference');
  if (canBeNote && isNote(target, syntax, place)) return { kind: 'note' };
  // A file may be named `Fig:1.png`; an unknown scheme counts as a scheme only if no such file exists.
  return scheme === undefined || fromSite ? { kind: 'missing' } : { kind: 'remote', url: target };
}

/** The files of a vault with the file name of a target, shortest path first. */
export function filesNamed(target: string, { byName }: VaultIndex): readonly string[] {
  const path = percentDecoded(target.replace(/[?#].*$/s, '')).replaceAll('\\', '/');
  return byName.get(fold(path.slice(path.lastIndexOf('/') + 1))) ?? [];
}

/**
 * Yields the possible file names of a target, most likely first. `%20` is a space in a URL and literal in a
 * wiki link, but people and tools mix them up. `#…`, `?…` and `\` are part of the name only if such a file
 * exists.
 */
function* spellings(target: string, syntax: EmbedSyntax): Generator<string> {
  const bare = target.replace(/[?#].*$/s, '');
  const names = bare === target ? [target] : [target, bare];
  for (const name of names) {
    const decoded = percentDecoded(name);
    yield syntax === 'wiki' ? name : decoded;
    if (decoded !== name) yield syntax === 'wiki' ? decoded : name;
  }
  for (const name of names) {
    const decoded = percentDecoded(name);
    const slashed = decoded.replace(/[\\/]+/g, '/');
    if (slashed !== decoded) yield slashed;
  }
}

/** The context in which a target is resolved. */
interface Place {
  /** Folder of the note: `''` or `a/b/`. */
  readonly folder: string;
  readonly rootUrl: string | null;
  readonly index: VaultIndex;
}

/**
 * @returns the path as spelled in the vault, undefined if there is none, null if a spelling leads outside the
 * vault
 */
function findSpelled(
  target: string,
  syntax: EmbedSyntax,
  place: Place,
  fromSite: boolean,
): string | null | undefined {
  let leadsOut = false;
  for (const spelling of spellings(target, syntax)) {
    const path = findFile(spelling, syntax, place, fromSite);
    if (path === null) leadsOut = true;
    else if (path !== undefined) return path;
  }
  return leadsOut ? null : undefined;
}

/** @returns see `findSpelled` */
function findFile(
  spelling: string,
  syntax: EmbedSyntax,
  { folder, rootUrl, index }: Place,
  fromSite: boolean,
): string | null | undefined {
  if (rootUrl !== null && spelling.startsWith('/') && !/^(?:[\\/]|[a-z]:)/i.test(rootUrl)) {
    const path = normalized(`${folder}${rootUrl}${spelling}`);
    const found = path === null ? undefined : pathLike(path, index);
    if (found !== undefined) return found;
  }
  if (/(^|\/)\.\.(\/|$)|^\.\//.test(spelling)) {
    const path = normalized(spelling.startsWith('/') ? spelling : folder + spelling);
    return path === null ? null : pathLike(path, index);
  }
  if (spelling.startsWith('/')) {
    return (
      pathLike(spelling.slice(1), index) ??
      (syntax === 'wiki' ? undefined : servedFile(spelling, fromSite, folder, index))
    );
  }
  const beside = syntax === 'wiki' ? undefined : pathLike(folder + spelling, index);
  return beside ?? pathLike(spelling, index) ?? pathEndingLike(spelling, folder, index);
}

function servedFile(path: string, fromSite: boolean, folder: string, index: VaultIndex): string | undefined {
  for (const served of servedPaths(path, folder, fromSite, (name) => index.byPath.has(fold(name)))) {
    const found = pathLike(served, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a target that matches no file is a note, existing or not. */
function isNote(target: string, syntax: EmbedSyntax, place: Place): boolean {
  const name = percentDecoded(target.replace(/[?#].*$/s, ''));
  if (name === '' || name.endsWith('/')) return false;
  return !hasExtension(name) || typeof findFile(`${name}.md`, syntax, place, false) === 'string';
}

function pathLike(path: string, index: VaultIndex): string | undefined {
  const listed = bestSpelled(index.byPath.get(fold(path)) ?? [], path)[0];
  if (listed !== undefined || index.hasUnlisted === undefined) return listed;
  const spelled = [path, path.normalize('NFC'), path.normalize('NFD')];
  return spelled.find((each) => index.hasUnlisted?.(each) === true);
}

/** Runs in time proportional to the number of files with the same name. */
function pathEndingLike(end: string, folder: string, index: VaultIndex): string | undefined {
  const folded = fold(end);
  const named = index.byName.get(folded.slice(folded.lastIndexOf('/') + 1)) ?? [];
  const paths = bestSpelled(
    named.filter((path) => fold(path).endsWith(`/${folded}`)),
    end,
  );
  return paths.find((path) => path.startsWith(folder)) ?? paths[0];
}

/** Among paths that differ only in case or normalization, prefers identical spelling, then identical case. */
function bestSpelled(paths: readonly string[], end: string): readonly string[] {
  if (paths.length < 2) return paths;
  const same = paths.filter((path) => path.endsWith(end));
  if (same.length > 0) return same;
  const sameCase = paths.filter((path) => path.normalize().endsWith(end.normalize()));
  return sameCase.length > 0 ? sameCase : paths;
}

/** Resolves `.` and `..` in a path; returns null if it leads above the root. */
function normalized(path: string): string | null {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return null;
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function fold(path: string): string {
  return path.normalize().toLowerCase();
}

/** Decodes valid percent-encoding and keeps the rest, because a file may be named `100%.png`. */
function percentDecoded(name: string): string {
  return name.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

function addTo(map: Map<string, string[]>, key: string, path: string): void {
  const paths = map.get(key);
  if (paths) paths.push(path);
  else map.set(key, [path]);
}
