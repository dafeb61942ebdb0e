import { noteName } from '../../core/note/note-name.ts';

/** A note that a query matches. */
export interface MatchedNote {
  /** Path. */
  readonly id: string;
  /** File name without the extension, with the folder if another match has the same. */
  readonly name: string;
}

const MAX_MATCHES = 8;

/**
 * Finds notes of which the name contains words that start with the words of the query. Names that start with the query
 * come first, then those in the folder of `beside`.
 */
export function matchNotes(paths: readonly string[], query: string, beside: string): MatchedNote[] {
  const parts = folded(query).split(/\s+/);
  const folder = folderOf(beside);
  const matches = paths
    .map((path) => ({ path, name: noteName(path) }))
    .filter(({ name }) => {
      const words = folded(name).split(/[^\p{L}\p{N}]+/u);
      return parts.every((part) => words.some((word) => word.startsWith(part)));
    })
    .map(({ path, name }) => ({
      path,
      name,
      order: (folded(name).startsWith(folded(query)) ? 0 : 2) + (folderOf(path) === folder ? 0 : 1),
    }))
    .sort((a, b) => a.order - b.order || a.path.localeCompare(b.path))
    .slice(0, MAX_MATCHES);
  return matches.map(({ path, name }) => ({
    id: path,
    name: matches.some((other) => other.path !== path && other.name === name)
      ? path.replace(/\.[^./]+$/, '')
      : name,
  }));
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
