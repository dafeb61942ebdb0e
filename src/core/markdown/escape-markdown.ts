/**
 * Characters that could start or end a construct that extends beyond the text: a code span, math, comment,
 * tag, table cell, size or wiki link. They need a character reference, because a backslash is literal in a
 * construct that starts before the text.
 */
const FAR_REACHING = /[`$<>|]|%{2,}|\]$|&(?=#?[0-9A-Za-z]+;)/g;

/**
 * Markup inside the text: emphasis, brackets, `~~`, `==`, `^`, Obsidian tags, and the start of GFM autolinks,
 * inside which an escape would be literal.
 */
const MARKS = /[\\[\]*_~^]|={2,}|#(?=\p{L})|:(?=\/\/)|\bwww\.|[\w.+-]@/giu;

/** @returns one line of plain text escaped as inline Markdown */
export function escapeMarkdown(line: string): string {
  return line
    .replace(FAR_REACHING, characterReferences)
    .replace(MARKS, (mark: string, at: number, whole: string) => {
      // Between two letters `_` is not a delimiter.
      if (mark === '_' && /^[\p{L}\p{N}]_[\p{L}\p{N}]/u.test(whole.slice(at - 1, at + 2))) return mark;
      return mark.replace(/[^\p{L}\p{N}]/gu, '\\$&');
    });
}

/** Covers more than HTML requires, because a Markdown parser may read its own syntax before the tag. */
const IN_ATTRIBUTE = /["<>`$|[\]]|%{2,}|&(?=[#\w])/g;

/** @returns the text escaped as a double-quoted HTML attribute inside Markdown */
export function escapeAttribute(text: string): string {
  return text.replace(IN_ATTRIBUTE, characterReferences);
}

/** @returns the text with every character as `&#…;` */
export function characterReferences(text: string): string {
  return Array.from(text, (char) => `&#${char.codePointAt(0) ?? 0};`).join('');
}
