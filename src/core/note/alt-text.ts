import {
  CHARACTER_REFERENCE,
  decodeToken,
  ESCAPE,
  withoutIndentation,
} from '../markdown/character-references.ts';
import { findEmphasis } from '../markdown/emphasis.ts';
import type { InlineConstruct } from '../markdown/inline-scanner.ts';
import type { Span } from '../markdown/span.ts';

/** An escape or character reference, a line break with the spaces around it, or a run of spaces. */
const TOKEN = new RegExp(
  `(${ESCAPE}|${CHARACTER_REFERENCE})|((?:\\\\|[ \\t]+)?(?:\\r\\n?|\\n)[ \\t]*)|[ \\t]+`,
  'g',
);

/** A span of the raw label to replace: '' for markup, the literal content for code and autolinks. */
interface Cut extends Span {
  readonly text: string;
}

/**
 * Returns the alt text of an image as readers see it: the label without its markup.
 * @param text the block that contains the image
 * @param label the span of the raw alt text in `text`
 * @param inside the constructs between the brackets of the image
 * @see https://spec.commonmark.org/0.31.2/#image-description
 */
export function altText(text: string, label: Span, inside: readonly InlineConstruct[]): string {
  const raw = text.slice(label.from, label.to);
  if (inside.length === 0 && !/[\\&*_~\r\n]/.test(raw)) return raw;

  const marks = findEmphasis(text, label, inside).flatMap(({ from, to, marks: length }) => [
    { from, to: from + length, text: '' },
    { from: to - length, to, text: '' },
  ]);
  const parts: string[] = [];
  let pos = label.from;
  for (const cut of [...cuts(text, inside), ...marks].sort((a, b) => a.from - b.from)) {
    if (cut.from < label.from || cut.to > label.to) continue;
    parts.push(plainText(text.slice(pos, cut.from)), cut.text);
    pos = cut.to;
  }
  parts.push(plainText(text.slice(pos, label.to)));
  return parts.join('');
}

/**
 * Decodes escapes and character references and normalizes line breaks. Expects text without constructs or
 * emphasis.
 */
function plainText(raw: string): string {
  return raw.replace(TOKEN, (token: string, encoded?: string, lineBreak?: string) => {
    if (encoded !== undefined) return decodeToken(encoded);
    return lineBreak === undefined ? token : '\n';
  });
}

function cuts(text: string, inside: readonly InlineConstruct[]): Cut[] {
  const found: Cut[] = [];
  for (const construct of inside) {
    const { from, to, kind } = construct;
    if (kind === 'link' || kind === 'image') {
      found.push({ from, to: construct.label.from, text: '' });
      found.push({ from: construct.label.to, to, text: '' });
    } else if (kind === 'literal') {
      const content = withoutIndentation(text.slice(construct.content.from, construct.content.to));
      found.push({ from, to, text: construct.isCode ? codeText(content) : content });
    } else if (kind !== 'hidden') {
      found.push({ from, to, text: withoutIndentation(text.slice(from, to)) });
    }
  }
  return found;
}

/** https://spec.commonmark.org/0.31.2/#code-spans */
function codeText(content: string): string {
  const line = content.replace(/\r\n?|\n/g, ' ');
  return /^ .*[^ ].* $/.test(line) ? line.slice(1, -1) : line;
}
