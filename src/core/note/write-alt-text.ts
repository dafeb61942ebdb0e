import type { Span } from '../markdown/span.ts';
import type { TextEdit } from '../markdown/text-edit.ts';
import { oneLine } from '../text/one-line.ts';
import type { ImageEmbed } from './image-embed.ts';
import { readsAsLayout } from './layout-words.ts';
import { type EmbedInNote, shortestAltText } from './shortest-alt-text.ts';
import { isLinkOpen, LOOK_BEHIND } from './surroundings.ts';

/** Characters that end the title or destination of a link. */
const LINK_END = /["'()]/g;

/**
 * Returns the edit that writes a text into an embed as alt text, in the shortest form that reads as
 * `carriedAltText`. Layout keywords, size, title and target stay byte-identical. A collapsed or shortcut
 * reference becomes a full reference, to keep its label.
 * @param note the text that contains `embed`
 * @param text '' for a decorative image: writes `alt=""` in HTML and changes nothing in other syntaxes
 * @param earlier edits of the note before the embed, in order, which change the surrounding text
 * @returns null if the embed already has this alt text
 */
export function writeAltText(
  note: string,
  embed: ImageEmbed,
  text: string,
  earlier: readonly TextEdit[] = [],
): TextEdit | null {
  const alt = carriedAltText(note, embed, text);
  const place = { note, embed, earlier };
  if (embed.syntax === 'html') return writeHtml(place, alt);
  if (alt === '' || oneLine(embed.alt) === alt) return null;
  if (embed.syntax === 'wiki') return writeWiki(embed, alt);
  return writeMarkdown(place, alt);
}

/**
 * Returns the alt text that an embed can hold, as one line. A wiki embed has no escapes, so `[ ]` become
 * `( )`, `|` and `\` become `/`, a backtick becomes `'`, `%%` becomes `%`, `$$` becomes `＄＄`, and a text that
 * looks like layout gets a period. Characters that would close a construct opened earlier in the paragraph
 * become full-width: `$` after a `$`, `>` after a `<`, quotes and parentheses after `](`.
 */
export function carriedAltText(note: string, embed: ImageEmbed, text: string): string {
  const line = oneLine(text);
  if (embed.syntax !== 'wiki') return line;
  const before = paragraphBefore(note, embed);
  const carried = line
    .replaceAll('[', '(')
    .replaceAll(']', ')')
    .replace(/[|\\]/g, '/')
    .replaceAll('`', "'")
    .replace(/%{2,}/g, '%')
    .replace(before.includes('$') ? /\$/g : /\${2,}/g, fullWidth)
    .replace(/^.+$/, (words) => (readsAsLayout(words) ? `${words}.` : words));
  const closed = before.includes('<') ? carried.replaceAll('>', fullWidth) : carried;
  const written = isLinkOpen(before) ? closed.replace(LINK_END, fullWidth) : closed;
  // The text before the embed may have changed since this alt text was written.
  return halfWidth(written) === halfWidth(embed.alt) ? embed.alt : written;
}

function writeWiki(embed: ImageEmbed, alt: string): TextEdit {
  const pipe = embed.inTable ? '\\|' : '|';
  if (embed.altSpan) return replaceSpan(embed.altSpan, alt);
  if (embed.sizeSpan) return insertAt(embed.sizeSpan.from, alt + pipe);
  return insertAt(embed.to - ']]'.length, pipe + alt);
}

function writeMarkdown(place: EmbedInNote, alt: string): TextEdit {
  const { note, embed } = place;
  const { reference, sizeSpan } = embed;
  // `![300](a.png)` has a size but neither alt text nor a pipe.
  const span = embed.altSpan ?? { from: embed.from + '!['.length, to: embed.from + '!['.length };
  const isPipeMissing = sizeSpan !== null && span.to === sizeSpan.from;
  const pipe = isPipeMissing ? (embed.inTable ? '\\|' : '|') : '';
  // A space separates alt text from Marp keywords before it.
  const gap = /[[|\s]/.test(note.charAt(span.from - 1)) ? '' : ' ';
  if (reference === null || reference.form === 'full') {
    return shortestAltText(place, { ...span, prefix: gap, suffix: pipe }, alt);
  }
  const textEnd = embed.to - (reference.form === 'collapsed' ? '][]'.length : ']'.length);
  const suffix = `${pipe}${note.slice(span.to, textEnd)}][${reference.label}]`;
  return shortestAltText(place, { from: span.from, to: embed.to, prefix: gap, suffix }, alt);
}

function writeHtml(place: EmbedInNote, alt: string): TextEdit | null {
  const { note, embed } = place;
  const span = embed.altSpan;
  if (span !== null && oneLine(embed.alt) === alt && (alt !== '' || embed.alt === '')) return null;
  if (span === null) {
    const at = embed.from + '<img'.length;
    return shortestAltText(place, { from: at, to: at, prefix: ' alt="', suffix: '"' }, alt);
  }
  const isQuoted = /["']/.test(note.charAt(span.from - 1));
  // A bare `alt` has neither a value nor an equals sign.
  const quotes = { prefix: span.from === span.to ? '="' : '"', suffix: '"' };
  const frame = { ...span, ...(isQuoted ? { prefix: '', suffix: '' } : quotes) };
  return shortestAltText(place, frame, alt);
}

/**
 * Returns the paragraph before the embed, or its last `LOOK_BEHIND` units, without embeds and tags, because
 * these are closed.
 */
function paragraphBefore(note: string, { from }: Span): string {
  const before = note.slice(Math.max(0, from - LOOK_BEHIND), from);
  const start = Math.max(0, before.lastIndexOf('\n\n'), before.lastIndexOf('\n\r\n'));
  return before.slice(start).replace(/!\[\[[^[\]\r\n]*\]\]|<[^<>]*>/g, '');
}

/** @returns the text with ASCII characters in their full-width forms, which Markdown does not interpret */
function fullWidth(text: string): string {
  return Array.from(text, (char) => String.fromCodePoint((char.codePointAt(0) ?? 0) + 0xfee0)).join('');
}

function replaceSpan({ from, to }: Span, insert: string): TextEdit {
  return { from, to, insert };
}

function insertAt(at: number, insert: string): TextEdit {
  return { from: at, to: at, insert };
}

function halfWidth(text: string): string {
  return text.replace(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));
}
