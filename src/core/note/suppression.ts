import type { Span } from '../markdown/span.ts';
import type { TextEdit } from '../markdown/text-edit.ts';
import type { ImageEmbed } from './image-embed.ts';
import { isMdx } from './mdx-edits.ts';

const MARKER = 'notesight-disable-';
const ON_LINE = /(?:<!--|\{\/\*)\s*notesight-disable-line\s*(?:-->|\*\/\})/;
const ON_LINE_ABOVE = /(?:<!--|\{\/\*)\s*notesight-disable-next-line\s*(?:-->|\*\/\})/;

/**
 * Returns a test for images that a comment excludes from checks and batches. As in markdownlint, the comment is
 * `<!-- notesight-disable-line -->` on the line of the image, or `<!-- notesight-disable-next-line -->` on the line
 * above. In MDX, a comment is written in braces.
 * @see https://github.com/DavidAnson/markdownlint#configuration
 */
export function createSuppression(markdown: string): (embed: Span) => boolean {
  if (!markdown.includes(MARKER)) return () => false;
  return ({ from }) => {
    const start = lineStart(markdown, from);
    const above = start === 0 ? '' : markdown.slice(lineStart(markdown, start - 1), start);
    return ON_LINE.test(lineAt(markdown, start)) || ON_LINE_ABOVE.test(above);
  };
}

/**
 * The edit that adds such a comment: on a line of its own if that changes no other block, otherwise after the image.
 * @param path path of the note, which tells Markdown from MDX
 */
export function suppress(path: string, markdown: string, { from, to, inTable }: ImageEmbed): TextEdit {
  const comment = (where: string) =>
    isMdx(path) ? `{/* ${MARKER}${where} */}` : `<!-- ${MARKER}${where} -->`;
  const start = lineStart(markdown, from);
  const startsBlock = start === 0 || lineAt(markdown, lineStart(markdown, start - 1)).trim() === '';
  return from === start && startsBlock && !inTable
    ? { from, to: from, insert: `${comment('next-line')}${lineBreakOf(markdown)}` }
    : { from: to, to, insert: ` ${comment('line')}` };
}

function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.slice(start) : text.slice(start, end);
}

function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
