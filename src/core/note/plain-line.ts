import { escapeMarkdown } from '../markdown/escape-markdown.ts';
import { MARKDOWN_FORMS, shortestForm } from '../markdown/shortest-form.ts';
import { type Place, wordReader } from './word-reader.ts';

/** Characters that can be markup in a line of text; the last three only in a URL or email address. */
const SPECIAL = /[\\`*_~=[\]<>&$%|#^]|:(?=\/\/)|@|\./g;

/** Text that matches none of these is plain text in any context. */
const MARKED = /[\\`*_~=[\]<>&$%|#^]|:\/\/|www\.|@/i;

/** The start of another block, in CommonMark or in an editor. The last character is the one to escape. */
const BLOCK_START = /^(?:\d{1,9}(?=[.)])|(?=[-+=:#>|~]))./;

/**
 * Escapes one line of text as inline Markdown that reads as exactly this text, in the shortest form.
 * @param place null if the surrounding text is unknown
 * @param isLineStart whether the text starts a line
 */
export function plainLine(words: string, place: Place | null, isLineStart = false): string {
  const start = isLineStart ? BLOCK_START.exec(words)?.[0].length : undefined;
  if (start === undefined && !MARKED.test(words)) return words;
  const reads = place && wordReader(words, place);
  if (reads) {
    const special = new Set(Array.from(words.matchAll(SPECIAL), ({ index }) => index));
    if (start !== undefined) special.add(start - 1);
    const found = shortestForm(
      words,
      [...special].sort((a, b) => a - b),
      MARKDOWN_FORMS,
      (written) => reads(written) && !(isLineStart && BLOCK_START.test(written)),
    );
    if (found !== null) return found;
  }
  const escaped = escapeMarkdown(words);
  return isLineStart ? escaped.replace(/^[-+=:#]/, '\\$&').replace(/^(\d{1,9})([.)])/, '$1\\$2') : escaped;
}
