/**
 * What could end, or begin, something that spans more than the text: a code span, math, a comment, a tag, a table
 * cell, a size, a wiki link. Only a character reference is safe, for a backslash stands for itself in what began
 * before the text.
 */
const FAR_REACHING = /[`$<>|]|%{2,}|\]$|&(?=#?[0-9A-Za-z]+;)/g;

/**
 * What marks up the text itself: emphasis, brackets, `~~`, `==`, `^`, Obsidian's tags, and what GFM makes links of
 * by itself, where an escape further on would be taken literally.
 */
const MARKS = /[\\[\]*_~^]|={2,}|#(?=\p{L})|:(?=\/\/)|\bwww\.|[\w.+-]@/giu;

/** @returns one line of plain words as inline Markdown that a reader takes for just these words */
export function escapeMarkdown(line: string): string {
  return line
    .replace(FAR_REACHING, characterReferences)
    .replace(MARKS, (mark: string, at: number, whole: string) => {
      // Between two letters `_` marks nothing.
      if (mark === '_' && /^[\p{L}\p{N}]_[\p{L}\p{N}]/u.test(whole.slice(at - 1, at + 2))) return mark;
      return mark.replace(/[^\p{L}\p{N}]/gu, '\\$&');
    });
}

/** Not only what HTML asks for: a Markdown reader may see its own syntax before it sees the tag. */
const IN_ATTRIBUTE = /["<>`$|[\]]|%{2,}|&(?=[#\w])/g;

/** @returns the text as the value of an HTML attribute in double quotes, in the middle of Markdown */
export function escapeAttribute(text: string): string {
  return text.replace(IN_ATTRIBUTE, characterReferences);
}

/** @returns the text with every character written as `&#…;` */
export function characterReferences(text: string): string {
  return Array.from(text, (char) => `&#${char.codePointAt(0) ?? 0};`).join('');
}
