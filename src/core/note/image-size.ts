import type { Span } from './image-embed.ts';

const SIZE = /^[ \t]*([0-9]+(?:x[0-9]+)?)[ \t]*$/;

/** The words of an embed and the size that stands behind them; offsets are in the raw text. */
export interface SizedText {
  readonly words: Span;
  readonly size: string | null;
  readonly sizeSpan: Span | null;
}

/**
 * Takes Obsidian's size off: `words|300`, `words|300x200`, or the digits alone.
 * @param inTable whether words and size are separated by `\|`, as in a table; elsewhere `\|` is text
 * @see https://help.obsidian.md/embeds
 */
export function splitSize(raw: string, inTable: boolean): SizedText {
  const bar = raw.lastIndexOf('|');
  const isSeparator = bar >= 0 && isEscaped(raw, bar) === inTable;
  const match = bar < 0 || isSeparator ? SIZE.exec(raw.slice(bar + 1)) : null;
  const size = match?.[1];
  if (match === null || size === undefined) {
    return { words: { from: 0, to: raw.length }, size: null, sizeSpan: null };
  }
  const from = bar + 1 + match[0].indexOf(size);
  const words =
    bar < 0 ? { from, to: from } : { from: 0, to: raw.slice(0, inTable ? bar - 1 : bar).trimEnd().length };
  return { words, size, sizeSpan: { from, to: from + size.length } };
}

/** Whether a backslash takes the character's meaning away. */
function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text[start - 1] === '\\') start--;
  return (at - start) % 2 === 1;
}
