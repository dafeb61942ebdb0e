import type { Tree } from '@lezer/common';
import { GFM, parser } from '@lezer/markdown';
import { frontmatterEnd } from './frontmatter.ts';

const markdown = parser.configure(GFM);

/** What the parser doesn't know and would take for links: footnotes and Obsidian's embeds. */
const UNKNOWN = /\[\^[^\]\s]+\]:|!\[\[[^[\]\r\n]*\]\]/g;

/**
 * The syntax tree of a note, offsets as in the note. Frontmatter and a BOM are blank lines in it, the marks of
 * footnotes and Obsidian's embeds are words.
 */
export function markdownTree(note: string): Tree {
  const start = frontmatterEnd(note);
  const body = note
    .slice(start)
    .replace(/\r(?!\n)/g, '\n')
    .replace(UNKNOWN, (unknown) => 'x'.repeat(unknown.length));
  return markdown.parse('\n'.repeat(start) + body);
}
