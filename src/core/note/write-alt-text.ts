import type { Span } from '../markdown/span.ts';
import type { TextEdit } from '../markdown/text-edit.ts';
import { oneLine } from '../text/one-line.ts';
import type { ImageEmbed } from './image-embed.ts';
import { readsAsLayout } from './layout-words.ts';
import { shortestAltText } from './shortest-alt-text.ts';
import { isLinkOpen, LOOK_BEHIND } from './surroundings.ts';

/** Ends a link's title or destination. */
const LINK_END = /["'()]/g;

/**
 * The edit that puts a text into an embed as its alt text. It becomes one line (`oneLine`) and reads back as
 * `carriedAltText` says, written in the shortest form that does; layout words, size, title and target keep their
 * bytes. A reference whose alt text is its label gets the full form, so that the label stays.
 * @param note the text that `embed` was found in
 * @param text '' for a decorative image: HTML says so by `alt=""`, the other syntaxes have no word for it and stay
 * @param earlier edits of the same note before the embed, in order, which change what stands around it
 * @returns null where the embed has these words already
 */
export function writeAltText(
  note: string,
  embed: ImageEmbed,
  text: string,
  earlier: readonly TextEdit[] = [],
): TextEdit | null {
  const alt = carriedAltText(note, embed, text);
  if (embed.syntax === 'html') return writeHtml(note, embed, alt, earlier);
  if (alt === '' || oneLine(embed.alt) === alt) return null;
  if (embed.syntax === 'wiki') return writeWiki(embed, alt);
  return writeMarkdown(note, embed, alt, earlier);
}

/**
 * What a text becomes as the alt text of an embed: one line; and since a wiki embed can't escape anything, there
 * `[ ]` become `( )`, `|` and `\` become `/`, a backtick becomes `'`, `%%` becomes `%`, `$$` becomes `＄＄`, and a
 * text that looks like layout gets a full stop. What would end a thing begun before the embed, in the same
 * paragraph, becomes its full-width form: `$` behind a `$`, `>` behind a `<`, quotes and parentheses behind `](`.
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
  // What stands before may have changed since these words were written.
  return halfWidth(written) === halfWidth(embed.alt) ? embed.alt : written;
}

function writeWiki(embed: ImageEmbed, alt: string): TextEdit {
  const pipe = embed.inTable ? '\\|' : '|';
  if (embed.altSpan) return replaceSpan(embed.altSpan, alt);
  if (embed.sizeSpan) return insertAt(embed.sizeSpan.from, alt + pipe);
  return insertAt(embed.to - ']]'.length, pipe + alt);
}

function writeMarkdown(note: string, embed: ImageEmbed, alt: string, earlier: readonly TextEdit[]): TextEdit {
  const { reference, sizeSpan } = embed;
  // `![300](a.png)` has a size, but neither words nor the pipe behind them.
  const span = embed.altSpan ?? { from: embed.from + '!['.length, to: embed.from + '!['.length };
  const isPipeMissing = sizeSpan !== null && span.to === sizeSpan.from;
  const pipe = isPipeMissing ? (embed.inTable ? '\\|' : '|') : '';
  // Behind words of Marp, the alt text is divided from them by a space.
  const gap = /[[|\s]/.test(note.charAt(span.from - 1)) ? '' : ' ';
  if (reference === null || reference.form === 'full') {
    return shortestAltText(note, embed, { ...span, prefix: gap, suffix: pipe }, alt, earlier);
  }
  const textEnd = embed.to - (reference.form === 'collapsed' ? '][]'.length : ']'.length);
  const suffix = `${pipe}${note.slice(span.to, textEnd)}][${reference.label}]`;
  return shortestAltText(note, embed, { from: span.from, to: embed.to, prefix: gap, suffix }, alt, earlier);
}

function writeHtml(
  note: string,
  embed: ImageEmbed,
  alt: string,
  earlier: readonly TextEdit[],
): TextEdit | null {
  const span = embed.altSpan;
  if (span !== null && oneLine(embed.alt) === alt && (alt !== '' || embed.alt === '')) return null;
  if (span === null) {
    const at = embed.from + '<img'.length;
    return shortestAltText(note, embed, { from: at, to: at, prefix: ' alt="', suffix: '"' }, alt, earlier);
  }
  const isQuoted = /["']/.test(note.charAt(span.from - 1));
  // A bare `alt` has no value and not even an equals sign.
  const quotes = { prefix: span.from === span.to ? '="' : '"', suffix: '"' };
  const frame = { ...span, ...(isQuoted ? { prefix: '', suffix: '' } : quotes) };
  return shortestAltText(note, embed, frame, alt, earlier);
}

/**
 * The paragraph up to the embed, or its last `LOOK_BEHIND` units; without embeds and tags, for those have their end.
 */
function paragraphBefore(note: string, { from }: Span): string {
  const before = note.slice(Math.max(0, from - LOOK_BEHIND), from);
  const start = Math.max(0, before.lastIndexOf('\n\n'), before.lastIndexOf('\n\r\n'));
  return before.slice(start).replace(/!\[\[[^[\]\r\n]*\]\]|<[^<>]*>/g, '');
}

/** @returns ASCII characters in the forms that mean nothing to Markdown */
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
