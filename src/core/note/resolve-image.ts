import type { EmbedSyntax } from './image-embed.ts';
import { hasExtension } from './image-target.ts';
import { inlineSource } from './inline-source.ts';
import { servedPaths, siteTarget } from './site-paths.ts';

/** The files of a vault, looked up by path and by name without regard to case and Unicode normal form. */
export interface VaultIndex {
  /** Folded path → paths as the vault spells them; several only where they differ in case or normal form. */
  readonly byPath: ReadonlyMap<string, readonly string[]>;
  /** Folded file name → paths, the shortest first. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
  /**
   * Looks for a file that the list of files leaves out, such as one in a hidden folder. Left out where the list is all
   * that an embed may name.
   * @param path relative to the vault, without `..`
   * @returns whether it is there and in the vault
   */
  readonly hasUnlisted?: ((path: string) => boolean) | undefined;
}

/** What the target of an embed is. */
export type ResolvedImage =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'remote'; readonly url: string }
  /** The note holds it itself; the source stands for its path. */
  | { readonly kind: 'data'; readonly url: string; readonly source: string }
  /** It names a file that the vault doesn't have. */
  | { readonly kind: 'missing' }
  /** It embeds a note, which may not exist yet: no image at all. */
  | { readonly kind: 'note' }
  /** Only the generator of a site knows its path, by an expression such as `{logo}`. */
  | { readonly kind: 'computed' }
  /** It leads out of the vault: a `file:` URL, an absolute Windows path, too many `..`. */
  | { readonly kind: 'outside' };

/**
 * @param paths of all files, relative to the vault, with `/` between their parts; built once a vault
 * @param hasUnlisted as in `VaultIndex`
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
 * Finds the file that an embed means. A Markdown or HTML target is tried as a URL relative to the note, then from
 * the vault's root, then as Obsidian does; a wiki target as Obsidian does: the path from the root, else the end of
 * a path, in the note's own folder first, else the shortest such path
 * (observed on Obsidian 1.13.7: https://github.com/pvliesdonk/markdown-vault-mcp/pull/1380).
 * What begins with `/` is meant from the root, and in Markdown and HTML else from the root of a site that the note is
 * a page of (`servedPaths`); what begins with `./` or holds `..` relative to the note only. A Markdown target without
 * an extension that names no file is a note, as it is to Obsidian.
 * Symbolic links are not known here: who reads the file has to see that they don't lead out.
 * @param target as in `ImageEmbed.target`: %-encoding is left
 * @param notePath relative to the vault, with `/`
 * @param rootUrl the note's own word for what its paths with `/` begin at, relative to the note; null for none
 */
export function resolveImage(
  target: string,
  syntax: EmbedSyntax,
  notePath: string,
  index: VaultIndex,
  rootUrl: string | null = null,
): ResolvedImage {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(target)?.[1]?.toLowerCase();
  if (scheme === 'http' || scheme === 'https') return { kind: 'remote', url: target };
  if (scheme === 'data') return { kind: 'data', url: target, source: inlineSource(notePath, target) };
  // `app:` is how Obsidian spells a local file by its absolute path; a scheme of one letter is a Windows drive.
  if (scheme === 'file' || scheme === 'app' || scheme?.length === 1) return { kind: 'outside' };
  if (target.startsWith('//')) return { kind: 'remote', url: target };
  if (target.startsWith('\\\\')) return { kind: 'outside' };

  const place = { folder: notePath.slice(0, notePath.lastIndexOf('/') + 1), rootUrl, index };
  const { path: read, fromSite, isComputed } = siteTarget(target, syntax);
  // A file may be named `{a}.png`, and only else is that an expression.
  const asItStands = findSpelled(target, syntax, place, false);
  const isRead = read !== null && read !== target && typeof asItStands !== 'string';
  const found = isRead ? findSpelled(read, syntax, place, fromSite) : asItStands;
  if (typeof found === 'string') return { kind: 'file', path: found };
  if (isComputed) return { kind: 'computed' };
  if (found === null) return { kind: 'outside' };
  const canBeNote = scheme === undefined && (syntax === 'markdown' || syntax === 'reference');
  if (canBeNote && isNote(target, syntax, place)) return { kind: 'note' };
  // A file may be named `Fig:1.png`, so a scheme nobody knows is a scheme only where there is no such file.
  return scheme === undefined || fromSite ? { kind: 'missing' } : { kind: 'remote', url: target };
}

/**
 * The names that a target may spell, the likeliest first. In a URL `%20` is a space, in a wiki link it is itself;
 * but people and tools mix them up. `#…` and `?…` belong to the name only where such a file exists, and so does `\`.
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

/** Where a target is read. */
interface Place {
  /** Of the note: `''` or `a/b/`. */
  readonly folder: string;
  readonly rootUrl: string | null;
  readonly index: VaultIndex;
}

/** @returns the path as the vault spells it, undefined where there is none, null where a spelling would lead out */
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

/** @returns as `findSpelled` */
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

/** Whether a target that names no file is a note: one that there is, or one that could be made by this name. */
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

/** Costs the number of files that have the same name. */
function pathEndingLike(end: string, folder: string, index: VaultIndex): string | undefined {
  const folded = fold(end);
  const named = index.byName.get(folded.slice(folded.lastIndexOf('/') + 1)) ?? [];
  const paths = bestSpelled(
    named.filter((path) => fold(path).endsWith(`/${folded}`)),
    end,
  );
  return paths.find((path) => path.startsWith(folder)) ?? paths[0];
}

/** Of paths alike but for case and normal form, those that are spelled the same; else those that differ in form. */
function bestSpelled(paths: readonly string[], end: string): readonly string[] {
  if (paths.length < 2) return paths;
  const same = paths.filter((path) => path.endsWith(end));
  if (same.length > 0) return same;
  const sameCase = paths.filter((path) => path.normalize().endsWith(end.normalize()));
  return sameCase.length > 0 ? sameCase : paths;
}

/** Takes `.` and `..` out of a path; null where it leads above the root. */
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

/** Decodes what is well-formed and leaves the rest, for a file may be named `100%.png`. */
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
