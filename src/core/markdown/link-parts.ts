import type { Span } from './span.ts';

/*
 * The parts of links and link reference definitions: https://spec.commonmark.org/0.31.2/#links
 * Each function takes the offset where a part would start and returns null if there is none.
 */

export interface LinkPart {
  /** The text between the delimiters. */
  readonly span: Span;
  /** The offset after the part. */
  readonly end: number;
}

/** The limit of cmark (the spec requires three levels). Keeps hostile input linear. */
const MAX_PARENTHESES = 32;

/** https://spec.commonmark.org/0.31.2/#link-label */
export const MAX_LABEL = 999;

/** What encloses a part. */
interface Delimiters {
  readonly close: string;
  /** Characters that can't occur in the part unescaped. */
  readonly refused: string;
  /** The longest text between them, in UTF-16 units. */
  readonly limit?: number;
}

const ANGLE_BRACKETS: Delimiters = { close: '>', refused: '<\r\n' };
const DOUBLE_QUOTES: Delimiters = { close: '"', refused: '' };
const SINGLE_QUOTES: Delimiters = { close: "'", refused: '' };
const PARENTHESES: Delimiters = { close: ')', refused: '(' };
const LABEL_BRACKETS: Delimiters = { close: ']', refused: '[', limit: MAX_LABEL };

export function skipSpace(text: string, at: number): number {
  let pos = at;
  while (pos < text.length && /[ \t\r\n]/.test(text.charAt(pos))) pos++;
  return pos;
}

export function readDestination(text: string, at: number): LinkPart | null {
  if (text[at] === '<') return readDelimited(text, at, ANGLE_BRACKETS);
  let depth = 0;
  let pos = at;
  for (; pos < text.length; pos++) {
    const char = text.charCodeAt(pos);
    if (char <= 0x20 || char === 0x7f) break;
    if (char === 0x28 /* ( */) {
      if (++depth > MAX_PARENTHESES) return null;
    } else if (char === 0x29 /* ) */) {
      if (depth === 0) break;
      depth--;
    } else if (char === 0x5c /* \ */ && /[()\\]/.test(text.charAt(pos + 1))) pos++;
  }
  return depth > 0 || pos === at ? null : { span: { from: at, to: pos }, end: pos };
}

export function readTitle(text: string, at: number): LinkPart | null {
  switch (text.charAt(at)) {
    case '"':
      return readDelimited(text, at, DOUBLE_QUOTES);
    case "'":
      return readDelimited(text, at, SINGLE_QUOTES);
    case '(':
      return readDelimited(text, at, PARENTHESES);
    default:
      return null;
  }
}

/** Reads `[label]`. Also reads a blank label, which matches no definition. */
export function readLabel(text: string, at: number): LinkPart | null {
  return text[at] === '[' ? readDelimited(text, at, LABEL_BRACKETS) : null;
}

/** Normalizes a label for comparison. https://spec.commonmark.org/0.31.2/#matches */
export function normalizeLabel(label: string): string {
  const spaced = label.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '');
  return spaced.toLowerCase().toUpperCase();
}

/** Reads from the delimiter at `at` to the first unescaped closing one. */
function readDelimited(
  text: string,
  at: number,
  { close, refused, limit = Number.POSITIVE_INFINITY }: Delimiters,
): LinkPart | null {
  const last = Math.min(text.length, at + limit + 2);
  for (let pos = at + 1; pos < last; pos++) {
    const char = text.charAt(pos);
    if (char === close) return { span: { from: at + 1, to: pos }, end: pos + 1 };
    if (refused.includes(char)) return null;
    if (char === '\\' && /[!-/:-@[-`{-~]/.test(text.charAt(pos + 1))) pos++;
  }
  return null;
}
