import type { EmbedSyntax } from './image-embed.ts';

/** The files of a vault, looked up by path and by name without regard to case and Unicode normal form. */
export interface VaultIndex {
  /** Folded path → paths as the vault spells them; several only where they differ in case or normal form. */
  readonly byPath: ReadonlyMap<string, readonly string[]>;
  /** Folded file name → paths, the shortest first. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
}

/** What the target of an embed is. */
export type ResolvedImage =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'remote'; readonly url: string }
  | { readonly kind: 'data'; readonly url: string }
  /** It names a file that the vault doesn't have. */
  | { readonly kind: 'missing' }
  /** It leads out of the vault: a `file:` URL, an absolute Windows path, too many `..`. */
  | { readonly kind: 'outside' };

/** @param paths of all files, relative to the vault, with `/` between their parts; built once a vault */
export function createVaultIndex(paths: readonly string[]): VaultIndex {
  const byPath = new Map<string, string[]>();
  const byName = new Map<string, string[]>();
  for (const path of paths.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
    const folded = fold(path);
    addTo(byPath, folded, path);
    addTo(byName, folded.slice(folded.lastIndexOf('/') + 1), path);
  }
  return { byPath, byName };
}

/**
 * Finds the file that an embed means. A Markdown or HTML target is tried as a URL relative to the note, then from
 * the vault's root, then as Obsidian does; a wiki target as Obsidian does: the path from the root, else the end of
 * a path, in the note's own folder first, else the shortest such path
 * (observed on Obsidian 1.13.7: https://github.com/pvliesdonk/markdown-vault-mcp/pull/1380).
 * What begins with `/` is meant from the root only; what begins with `./` or holds `..` relative to the note only.
 * Symbolic links are not known here: who reads the file has to see that they don't lead out.
 * @param target as in `ImageEmbed.target`: %-encoding is left
 * @param notePath relative to the vault, with `/`
 */
export function resolveImage(
  target: string,
  syntax: EmbedSyntax,
  notePath: string,
  index: VaultIndex,
): ResolvedImage {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(target)?.[1]?.toLowerCase();
  if (scheme === 'http' || scheme === 'https') return { kind: 'remote', url: target };
  if (scheme === 'data') return { kind: 'data', url: target };
  // `app:` is how Obsidian spells a local file by its absolute path; a scheme of one letter is a Windows drive.
  if (scheme === 'file' || scheme === 'app' || scheme?.length === 1) return { kind: 'outside' };
  if (target.startsWith('//')) return { kind: 'remote', url: target };
  if (target.startsWith('\\\\')) return { kind: 'outside' };

  const folder = notePath.slice(0, notePath.lastIndexOf('/') + 1);
  let leadsOut = false;
  for (const spelling of spellings(target, syntax)) {
    const path = findFile(spelling, syntax, folder, index);
    if (path === null) leadsOut = true;
    else if (path !== undefined) return { kind: 'file', path };
  }
  if (leadsOut) return { kind: 'outside' };
  // A file may be named `Fig:1.png`, so a scheme nobody knows is a scheme only where there is no such file.
  return scheme === undefined ? { kind: 'missing' } : { kind: 'remote', url: target };
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

/** @returns the path as the vault spells it, undefined where there is none, null where it would lead out */
function findFile(
  spelling: string,
  syntax: EmbedSyntax,
  folder: string,
  index: VaultIndex,
): string | null | undefined {
  if (/(^|\/)\.\.(\/|$)|^\.\//.test(spelling)) {
    const path = normalized(spelling.startsWith('/') ? spelling : folder + spelling);
    return path === null ? null : pathLike(path, index);
  }
  if (spelling.startsWith('/')) return pathLike(spelling.slice(1), index);
  const beside = syntax === 'wiki' ? undefined : pathLike(folder + spelling, index);
  return beside ?? pathLike(spelling, index) ?? pathEndingLike(spelling, folder, index);
}

function pathLike(path: string, index: VaultIndex): string | undefined {
  return bestSpelled(index.byPath.get(fold(path)) ?? [], path)[0];
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
