import type { Span } from '../markdown/span.ts';

/*
 * Layout keywords that tools read from the alt text position. Only documented keywords are listed; everything
 * else is alt text. CSS and Marp are case-sensitive, so `Left` is alt text.
 */

/** Obsidian image size. https://help.obsidian.md/embeds */
const SIZE = /^\d+(?:x\d+)?$/;

/**
 * A percentage of the width, used by CSS snippets and slides.
 * https://github.com/alangrainger/obsidian-image-captions/issues/9
 */
const PERCENT = /^(?:\d*\.)?\d+%$/;

/** Marp keywords with a value, and `bg`. https://marpit.marp.app/image-syntax */
const MARP =
  /^(?:bg|(?:w|width|h|height):(?:(?:\d*\.)?\d+(?:%|ch|cm|em|ex|in|mm|pc|pt|px)?|auto)|(?:left|right):(?:\d*\.)?\d+%|(?:blur|brightness|contrast|drop-shadow|grayscale|hue-rotate|invert|opacity|saturate|sepia):\S*\d\S*)$/;

/** Marp filters that work without a value, and the keywords allowed next to `bg`. */
const MARP_FILTER =
  /^(?:blur|brightness|contrast|drop-shadow|grayscale|hue-rotate|invert|opacity|saturate|sepia)$/;
const MARP_BACKGROUND = /^(?:auto|contain|cover|fit|horizontal|left|right|vertical)$/;

/**
 * Keywords that are never alt text: image adjustments of the ITS theme and similar themes and snippets, and
 * sizes with a unit. https://publish.obsidian.md/slrvb-docs/ITS+Theme/Image+Adjustments
 */
const SURE = new RegExp(
  `^(?:${[
    '(?:img-|float-|align-)?(?:left|right|center|centre)',
    '(?:img-)?(?:ctr|locl|locr|sban)|cvr|sprf|live-preview|unclr|nocap',
    'inl(?:ine)?[LR]|\\+[CLR]',
    '[wh](?:micro|tiny|small|s-med|m-sm|med|m-tl|tall|full)|w-\\d+',
    'p\\+[tblrc]{1,3}',
    'invert(?:[bw]c?|-dark|-light)|flip-(?:x|y|xy|horizontal|vertical|vertical-horizontal)',
    '(?:\\d+x)?\\d+px',
  ].join('|')})$`,
);

/** Keywords of the same tools that could also be alt text. */
const AMBIGUOUS =
  /^(?:(?:img-)?banner|circle|clear|cover|fit|full|grid|half|inline|invert|lp|portrait|profile|relative|rounded|rounded-full|small|wide|p[tblrc]|[1-5]\/[2-6])$/;

/** A modifier after a keyword and `+`: `banner+small`. */
const MODIFIER = /^(?:small|medium|tall|square)$/;

/** The parts of a label. Offsets refer to the raw text. */
export interface Label {
  /** The span of the alt text. Empty if there is none, at the offset where it would go. */
  readonly words: Span;
  readonly size: string | null;
  /** The size and the layout keywords before it, without the leading `|`; null if neither follows the alt text. */
  readonly sizeSpan: Span | null;
}

/**
 * Splits a raw label into alt text and layout: `words|left|300` as in Obsidian and its themes, or
 * `bg right:40% words` as in Marp.
 * @param isBehindPipe whether a `|` precedes the label, as in a wiki embed
 * @param inTable whether the separator is `\|`, as in a table; elsewhere `\|` is text
 */
export function splitLabel(raw: string, isBehindPipe: boolean, inTable: boolean): Label {
  const parts = splitParts(raw, inTable);
  const isLayout = parts.map((part, index) => isLayoutPart(textOf(raw, part), isBehindPipe || index > 0));
  const marp = isBehindPipe ? null : marpRuns(raw, parts[0] ?? { from: 0, to: 0 });
  if (marp !== null) isLayout[0] = false;

  let last = parts.length;
  while (last > 0 && isLayout[last - 1] === true) last--;
  let first = 0;
  while (first < last && isLayout[first] === true) first++;

  const tail = parts[last];
  const end = parts.at(-1);
  const sizeSpan = tail && end ? trimmed(raw, { from: tail.from, to: end.to }) : null;
  const lastPart = end ? textOf(raw, end) : '';
  const size = sizeSpan !== null && SIZE.test(lastPart) ? lastPart : null;
  if (first === last) {
    const from = sizeSpan?.from ?? 0;
    return { words: { from, to: from }, size, sizeSpan };
  }
  const from = (first === 0 ? marp?.from : undefined) ?? parts[first]?.from ?? 0;
  const to = (last === 1 ? marp?.to : undefined) ?? parts[last - 1]?.to ?? raw.length;
  // Whitespace before the `|` of a size belongs to neither part.
  const words = sizeSpan === null ? { from, to } : { from, to: from + raw.slice(from, to).trimEnd().length };
  return { words, size, sizeSpan };
}

/** Whether Marp would read a word of a label as a layout keyword. */
export function isMarpWord(word: string, isBackground: boolean): boolean {
  return (
    MARP.test(word) ||
    MARP_FILTER.test(word) ||
    PERCENT.test(word) ||
    (isBackground && MARP_BACKGROUND.test(word))
  );
}

/** Whether a text could be read as layout and therefore needs an escape to be alt text. */
export function readsAsLayout(text: string): boolean {
  return isLayoutPart(text, true);
}

/**
 * Whether a part between `|` separators consists only of layout keywords. After a `|` all keywords count;
 * elsewhere only the unambiguous ones, because `![cover](a.jpg)` has alt text.
 */
function isLayoutPart(part: string, isBehindPipe: boolean): boolean {
  if (SIZE.test(part)) return true;
  const words = part.split(/\s+/).filter((word) => !SIZE.test(word));
  return words.length > 0 && words.every((word) => isSure(word) || (isBehindPipe && isAmbiguous(word)));
}

function isSure(word: string): boolean {
  return SURE.test(word) || PERCENT.test(word) || MARP.test(word);
}

/** Matches a keyword or a chain such as `left+small`. Some snippets require a leading `#`. */
function isAmbiguous(word: string): boolean {
  const [head = '', ...rest] = word.replace(/^#/, '').split(/[+_]/);
  const isKnown = (piece: string) => SURE.test(piece) || AMBIGUOUS.test(piece);
  return isKnown(head) && rest.every((piece) => isKnown(piece) || MODIFIER.test(piece));
}

/**
 * Returns a part without the Marp keywords at its ends, if they include one with a value; null if there are
 * none.
 */
function marpRuns(raw: string, part: Span): Span | null {
  const words = [...raw.slice(part.from, part.to).matchAll(/\S+/g)].map(({ 0: word, index }) => ({
    word,
    from: part.from + index,
    to: part.from + index + word.length,
  }));
  const isBackground = words.some(({ word }) => word === 'bg');
  const isLayout = (index: number) => isMarpWord(words[index]?.word ?? '', isBackground);
  let lead = 0;
  while (isLayout(lead)) lead++;
  let trail = words.length;
  while (trail > lead && isLayout(trail - 1)) trail--;
  const hasMarp = (run: typeof words) => run.some(({ word }) => MARP.test(word));
  if (!hasMarp(words.slice(0, lead))) lead = 0;
  if (!hasMarp(words.slice(trail))) trail = words.length;
  if (lead === 0 && trail === words.length) return null;
  // The part has only Marp keywords; alt text would follow them.
  if (lead >= trail) return { from: part.to, to: part.to };
  return { from: words[lead]?.from ?? part.from, to: words[trail - 1]?.to ?? part.to };
}

/** Splits a label at its separators. */
function splitParts(raw: string, inTable: boolean): Span[] {
  const parts: Span[] = [];
  let from = 0;
  for (let bar = raw.indexOf('|'); bar >= 0; bar = raw.indexOf('|', bar + 1)) {
    if (isEscaped(raw, bar) !== inTable) continue;
    parts.push({ from, to: inTable ? bar - 1 : bar });
    from = bar + 1;
  }
  return [...parts, { from, to: raw.length }];
}

/** Whether the character is escaped with a backslash. */
function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text[start - 1] === '\\') start--;
  return (at - start) % 2 === 1;
}

function textOf(raw: string, { from, to }: Span): string {
  return raw.slice(from, to).trim();
}

function trimmed(raw: string, { from, to }: Span): Span {
  const part = raw.slice(from, to);
  const start = from + part.length - part.trimStart().length;
  return { from: start, to: start + part.trim().length };
}
