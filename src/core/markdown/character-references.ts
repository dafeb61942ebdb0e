import { decodeHTMLStrict } from 'entities';

/**
 * Source of a pattern for a character reference.
 * https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references
 */
export const CHARACTER_REFERENCE = '&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{0,30});';

/** Source of a pattern for a backslash escape. https://spec.commonmark.org/0.31.2/#backslash-escapes */
export const ESCAPE = '\\\\[!-/:-@[-`{-~]';

const ENCODED = new RegExp(`${ESCAPE}|${CHARACTER_REFERENCE}`, 'g');

/** Decodes one backslash escape or character reference; returns unknown names unchanged. */
export function decodeToken(token: string): string {
  if (token.startsWith('\\')) return token.slice(1);
  if (!token.startsWith('&#')) return decodeHTMLStrict(token);
  const code = /^&#[xX]/.test(token)
    ? Number.parseInt(token.slice(3), 16)
    : Number.parseInt(token.slice(2), 10);
  const valid = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return valid ? String.fromCodePoint(code) : '\uFFFD';
}

/** Removes the indentation of paragraph lines. https://spec.commonmark.org/0.31.2/#paragraphs */
export function withoutIndentation(raw: string): string {
  return raw.replace(/(\r\n?|\n)[ \t]+/g, '$1');
}

/** Decodes the backslash escapes and character references of a destination or title. */
export function decodeMarkdown(raw: string): string {
  return /[\\&]/.test(raw) ? raw.replace(ENCODED, decodeToken) : raw;
}
