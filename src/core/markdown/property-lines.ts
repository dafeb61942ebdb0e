import { frontmatterEnd } from './frontmatter.ts';
import type { Span } from './span.ts';

/**
 * The span of the YAML in the frontmatter, in UTF-16 offsets: from the line break after the opening fence to
 * the line break before the closing fence. In empty frontmatter both are the same line break. A line inserted
 * at `to` with a leading line break becomes the last one.
 * @returns null if the note has no YAML frontmatter
 */
export function yamlSpan(note: string): Span | null {
  const opening = /^\uFEFF?---[ \t]*(?=[\r\n])/.exec(note);
  const end = frontmatterEnd(note);
  if (opening === null || end <= opening[0].length) return null;
  return { from: opening[0].length, to: lineBreakBefore(note, end) };
}

/**
 * The lines of a top-level property, including its list or multiline text and the line break before it.
 * @returns null if the frontmatter has no such key
 */
export function propertySpan(note: string, key: string): Span | null {
  const yaml = yamlSpan(note);
  if (yaml === null) return null;
  const inside = note.slice(0, yaml.to);
  const line = new RegExp(`(?:\\r\\n?|\\n)(["']?)${key}\\1[ \\t]*:(?![^ \\t\\r\\n])[^\\r\\n]*`, 'g');
  line.lastIndex = yaml.from;
  const found = line.exec(inside);
  if (found === null) return null;
  const more = /(?:(?:\r\n?|\n)[ \t]*)*(?:\r\n?|\n)(?:[ \t]+\S|-(?!\S)|[\]}])[^\r\n]*/y;
  let to = line.lastIndex;
  for (more.lastIndex = to; more.test(inside); more.lastIndex = to) to = more.lastIndex;
  return { from: found.index, to };
}

/** @returns the offset of the line break before the line that ends at `end` */
function lineBreakBefore(note: string, end: number): number {
  let at = end - 1;
  while (!/[\r\n]/.test(note.charAt(at))) at--;
  return note.slice(at - 1, at + 1) === '\r\n' ? at - 1 : at;
}
