import { characterReferences, escapeAttribute, escapeMarkdown } from '../markdown/escape-markdown.ts';
import { HTML_FORMS, HTML_IN_TABLE_FORMS, MARKDOWN_FORMS, shortestForm } from '../markdown/shortest-form.ts';
import type { Span } from '../markdown/span.ts';
import type { TextEdit } from '../markdown/text-edit.ts';
import type { ImageEmbed } from './image-embed.ts';
import { isMarpWord, readsAsLayout } from './layout-words.ts';
import { isLinkOpen, LOOK_BEHIND, type Surroundings, surroundings } from './surroundings.ts';
import { wordReader } from './word-reader.ts';

/** An embed to edit, in its note. */
export interface EmbedInNote {
  readonly note: string;
  readonly embed: ImageEmbed;
  /** Edits of the note before the embed, in order. */
  readonly earlier: readonly TextEdit[];
}

/** The text before and after the alt text in an edit of an embed. */
interface Frame extends Span {
  readonly prefix: string;
  readonly suffix: string;
}

/** Characters that can be markup in Markdown, and in an attribute inside Markdown. */
const SPECIAL = /[\\`*_~=[\]<>&$%|#^]|:(?=\/\/)/g;
const SPECIAL_IN_ATTRIBUTE = /["'`$<>|[\]%&()]/g;

/** Characters that can end the title or destination of an open link. */
const LINK_END = /["'()]/g;

/** Characters of a layout keyword that can be escaped to make it plain text. */
const LAYOUT_MARK = /^.|:/g;

/**
 * Returns the edit that writes alt text into an embed, in the shortest form that reads as this text in its
 * context.
 * @param alt one line
 */
export function shortestAltText(place: EmbedInNote, frame: Frame, alt: string): TextEdit {
  const { from, to, prefix, suffix } = frame;
  const isMarked = [SPECIAL, SPECIAL_IN_ATTRIBUTE].some((marks) => alt.search(marks) >= 0);
  const written =
    isMarked || layoutMarks(alt).length > 0
      ? (shortest(place, frame, alt) ?? safest(place, frame, alt))
      : alt;
  return { from, to, insert: prefix + written + suffix };
}

function shortest({ note, embed, earlier }: EmbedInNote, frame: Frame, alt: string): string | null {
  const around = surroundings(note, embed, embed.inTable, earlier);
  if (around === null) return null;
  const { lead, tail, beside } = plainEmbed(note, embed, frame);
  const defined = definitions(note, embed, alt);
  const isBackground = /(?:^|\s)bg(?:\s|$)/.test(beside);
  const isMarp = (written: string) =>
    beside !== '' && written.split(/\s+/).some((word) => isMarpWord(word, isBackground));
  const readerIn = ({ before, after }: Surroundings) => {
    const kind = embed.syntax === 'html' ? 'attribute' : 'alt';
    const reads = wordReader(alt, { before: before + lead, after: tail + after + defined, kind });
    return reads && ((written: string) => !isMarp(written) && reads(written));
  };

  const reads = readerIn(around);
  if (reads === null || reads(alt)) return reads && alt;
  const special = specialIn(alt, embed, around.before);
  const forms = embed.syntax !== 'html' ? MARKDOWN_FORMS : embed.inTable ? HTML_IN_TABLE_FORMS : HTML_FORMS;
  // Reading the embed alone is faster, and the form that works alone usually works in context.
  const alone = readerIn({ before: 'x ', after: '' });
  const written = alone && !embed.inTable ? shortestForm(alt, special, forms, alone) : null;
  return written !== null && reads(written) ? written : shortestForm(alt, special, forms, reads);
}

/**
 * Returns the embed before and after its alt text, with a short target, and the Marp keywords next to the alt
 * text.
 */
function plainEmbed(
  note: string,
  { syntax, from, to, sizeSpan, reference }: ImageEmbed,
  frame: Frame,
): { lead: string; tail: string; beside: string } {
  if (syntax === 'html') {
    const quote = frame.prefix === '' ? note.charAt(frame.from - 1) : '"';
    return { lead: `<img src=x alt=${quote}`, tail: `${quote}>`, beside: '' };
  }
  const label = note.slice(from + '!['.length, frame.from);
  const lead = `![${label}${frame.prefix}`;
  if (frame.to === to) return { lead, tail: frame.suffix, beside: '' };
  const isLast = frame.to !== sizeSpan?.from;
  const trail = isLast ? (/^\s[^|\]]*/.exec(note.slice(frame.to, frame.to + 200))?.[0] ?? '') : '';
  const layout = sizeSpan ? note.slice(frame.to, sizeSpan.to) : trail;
  const end = reference === null ? '](x)' : `][${reference.label}]`;
  return {
    lead,
    tail: frame.suffix + layout + end,
    // Text after a `|` is read by tools other than Marp.
    beside: `${label.includes('|') ? '' : label}${trail}`.trim(),
  };
}

/** Returns the sorted offsets of characters that may need an escape. */
function specialIn(alt: string, { syntax }: ImageEmbed, before: string): number[] {
  if (syntax === 'html') return offsets(alt, SPECIAL_IN_ATTRIBUTE);
  const found = [
    ...offsets(alt, SPECIAL),
    ...(isLinkOpen(before) ? offsets(alt, LINK_END) : []),
    ...layoutMarks(alt),
  ];
  return [...new Set(found)].sort((a, b) => a - b);
}

/** Escapes the text in a form that reads correctly in any context. */
function safest(
  { note, embed: { syntax } }: EmbedInNote,
  { from, prefix }: Span & { prefix: string },
  alt: string,
): string {
  const before = note.slice(Math.max(0, from - LOOK_BEHIND), from);
  const inLink = (words: string) =>
    isLinkOpen(before) ? words.replace(LINK_END, characterReferences) : words;
  if (syntax === 'html') {
    const isInSingleQuotes = prefix === '' && before.endsWith("'");
    const words = escapeAttribute(alt);
    return isInSingleQuotes ? words.replaceAll("'", characterReferences) : inLink(words);
  }
  const first = layoutMarks(alt).includes(0) ? 1 : 0;
  return inLink(characterReferences(alt.slice(0, first)) + escapeMarkdown(alt.slice(first)));
}

/** Returns the reference definitions that the alt text and its embed use; they are elsewhere in the note. */
function definitions(note: string, { reference }: ImageEmbed, alt: string): string {
  const labels = alt.includes('[') && note.includes(']:') ? (alt.match(/[^[\]]+(?=\])/g) ?? []) : [];
  const lower = labels.length > 0 ? note.toLowerCase() : '';
  const defined = labels.filter((label) => lower.includes(`[${label.toLowerCase()}]:`));
  const all = reference === null ? defined : [reference.label, ...defined];
  return all.map((label) => `\n\n[${label}]: x`).join('');
}

function offsets(text: string, pattern: RegExp): number[] {
  return Array.from(text.matchAll(pattern), ({ index }) => index);
}

/** Returns the offsets of marks in words that could be read as layout keywords. */
function layoutMarks(text: string): number[] {
  return [...text.matchAll(/\S+/g)].flatMap(({ 0: word, index }) =>
    readsAsLayout(word) || isMarpWord(word, true) ? offsets(word, LAYOUT_MARK).map((at) => index + at) : [],
  );
}
