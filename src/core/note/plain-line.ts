import { escapeMarkdown } from '../markdown/escape-markdown.ts';
import { MARKDOWN_FORMS, shortestForm } from '../markdown/shortest-form.ts';
import { type Place, wordReader } from './word-reader.ts';

/** What can mean something in a line of text; the last three, in an address. */
const SPECIAL = /[\\`*_~=[\]<>&$%|#^]|:(?=\/\/)|@|\./g;

/** Without one of these, words are words wherever they stand. */
const MARKED = /[\\`*_~=[\]<>&$%|#^]|:\/\/|www\.|@/i;

/** What begins another block, or could in an editor, and the character to escape. */
const BLOCK_START = /^(?:\d{1,9}(?=[.)])|(?=[-+=:#>|~]))./;

/**
 * One line of words as inline Markdown that a reader takes for just these words, in the shortest form.
 * @param place null where what stands around it is unknown
 * @param isLineStart whether it begins a line
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
