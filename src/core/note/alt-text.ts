import type { InlineConstruct } from './inline-scanner.ts';
import type { Span } from './image-embed.ts';
import { CHARACTER_REFERENCE, decodeToken, ESCAPE, withoutIndentation } from './markdown-text.ts';

/** An escape or reference, a line break with the space around it, a run of delimiters, or a run of space. */
const TOKEN = new RegExp(
  `(${ESCAPE}|${CHARACTER_REFERENCE})|((?:\\\\|[ \\t]+)?(?:\\r\\n?|\\n)[ \\t]*)|(\\*+|_+|~+)|[ \\t]+`,
  'g',
);
const PUNCTUATION = /[\p{P}\p{S}]/u;

/** A run of `*`, `_` or `~` that may open emphasis; `part` is where its text stands. */
interface Delimiter {
  readonly char: string;
  readonly runLength: number;
  readonly canClose: boolean;
  readonly part: number;
  length: number;
}

/** Emphasis may not begin on one side of a bracket and end on the other. */
interface Level {
  /** As many delimiters belong to the levels around this one. */
  readonly base: number;
  /** By kind of closing run: below this, no delimiter opens what it closes. */
  readonly bottoms: Map<string, number>;
}

/** What is cut from the raw words: an edge of a link or image, or a literal part, whose text stays. */
interface Cut extends Span {
  readonly edge: 'open' | 'close' | null;
  readonly text: string;
}

/**
 * The words of an image as a reader gets them: its raw label without markup.
 * @param text the block in which it stands
 * @param label where in the text the raw words stand
 * @param inside the constructs between the image's brackets
 * @see https://spec.commonmark.org/0.31.2/#image-description
 */
export function altText(text: string, label: Span, inside: readonly InlineConstruct[]): string {
  const raw = text.slice(label.from, label.to);
  if (inside.length === 0 && !/[\\&*_~\r\n]/.test(raw)) return raw;

  const builder = new AltTextBuilder(text);
  let pos = label.from;
  for (const cut of cuts(text, inside)) {
    if (cut.from < label.from || cut.to > label.to) continue;
    builder.addMarkdown(pos, cut.from);
    if (cut.edge === 'open') builder.open();
    else if (cut.edge === 'close') builder.close();
    else builder.addText(cut.text);
    pos = cut.to;
  }
  builder.addMarkdown(pos, label.to);
  return builder.toString();
}

function cuts(text: string, inside: readonly InlineConstruct[]): Cut[] {
  const found: Cut[] = [];
  for (const construct of inside) {
    const { from, to, kind } = construct;
    if (kind === 'link' || kind === 'image') {
      found.push({ from, to: construct.label.from, edge: 'open', text: '' });
      found.push({ from: construct.label.to, to, edge: 'close', text: '' });
    } else if (kind === 'literal') {
      const content = withoutIndentation(text.slice(construct.content.from, construct.content.to));
      found.push({ from, to, edge: null, text: construct.isCode ? codeText(content) : content });
    } else found.push({ from, to, edge: null, text: withoutIndentation(text.slice(from, to)) });
  }
  return found.sort((a, b) => a.from - b.from);
}

/** https://spec.commonmark.org/0.31.2/#code-spans */
function codeText(content: string): string {
  const line = content.replace(/\r\n?|\n/g, ' ');
  return /^ .*[^ ].* $/.test(line) ? line.slice(1, -1) : line;
}

/** CommonMark's emphasis and GFM's strikethrough, of which only the markers matter: they are no words. */
class AltTextBuilder {
  readonly #text: string;
  readonly #parts: string[] = [];
  readonly #delimiters: Delimiter[] = [];
  readonly #levels: Level[] = [];
  #level: Level = { base: 0, bottoms: new Map() };

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#parts.join('');
  }

  addText(text: string): void {
    this.#parts.push(text);
  }

  open(): void {
    this.#levels.push(this.#level);
    this.#level = { base: this.#delimiters.length, bottoms: new Map() };
  }

  close(): void {
    this.#delimiters.length = this.#level.base;
    this.#level = this.#levels.pop() ?? this.#level;
  }

  addMarkdown(from: number, to: number): void {
    const raw = this.#text.slice(from, to);
    let pos = 0;
    for (const match of raw.matchAll(TOKEN)) {
      const [token, encoded, lineBreak, run] = match;
      this.addText(raw.slice(pos, match.index));
      pos = match.index + token.length;
      if (encoded !== undefined) this.addText(decodeToken(encoded));
      else if (lineBreak !== undefined) this.addText('\n');
      else if (run !== undefined) this.#addRun(run, from + match.index);
      else this.addText(token);
    }
    this.addText(raw.slice(pos));
  }

  #addRun(run: string, from: number): void {
    const char = run.charAt(0);
    const { canOpen, canClose } = flanking(this.#text, char, from, from + run.length);
    const delimiter = { char, runLength: run.length, canClose, part: this.#parts.length, length: run.length };
    this.#parts.push(run);
    if (char === '~' && run.length > 2) return;
    if (canClose) this.#closeEmphasis(delimiter, canOpen);
    if (canOpen && delimiter.length > 0) this.#delimiters.push(delimiter);
  }

  /** https://spec.commonmark.org/0.31.2/#phase-2-inline-structure, "process emphasis" */
  #closeEmphasis(closer: Delimiter, canOpen: boolean): void {
    const kind = `${closer.char}${closer.char === '~' ? closer.runLength : closer.runLength % 3}${String(canOpen)}`;
    while (closer.length > 0) {
      const bottom = this.#level.bottoms.get(kind) ?? this.#level.base;
      let index = this.#delimiters.length - 1;
      while (index >= bottom && !matches(this.#delimiters[index], closer, canOpen)) index--;
      const opener = this.#delimiters[index];
      if (index < bottom || opener === undefined) {
        this.#level.bottoms.set(kind, this.#delimiters.length);
        return;
      }
      const used = opener.char === '~' ? opener.length : Math.min(2, opener.length, closer.length);
      this.#shorten(opener, used);
      this.#shorten(closer, used);
      this.#delimiters.length = opener.length > 0 ? index + 1 : index;
      for (const [other, at] of this.#level.bottoms) {
        this.#level.bottoms.set(other, Math.min(at, this.#delimiters.length));
      }
    }
  }

  #shorten(delimiter: Delimiter, by: number): void {
    delimiter.length -= by;
    this.#parts[delimiter.part] = delimiter.char.repeat(delimiter.length);
  }
}

function matches(opener: Delimiter | undefined, closer: Delimiter, closerCanOpen: boolean): boolean {
  if (opener?.char !== closer.char) return false;
  if (closer.char === '~') return opener.runLength === closer.runLength;
  // https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis, rules 9 and 10
  if (!opener.canClose && !closerCanOpen) return true;
  const isMultiple = (opener.runLength + closer.runLength) % 3 === 0;
  return !isMultiple || (opener.runLength % 3 === 0 && closer.runLength % 3 === 0);
}

/** https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run */
function flanking(
  text: string,
  char: string,
  from: number,
  to: number,
): { canOpen: boolean; canClose: boolean } {
  const before = charBefore(text, from);
  const after = text.slice(to, to + 2);
  const isSpaceBefore = before === '' || /\s$/.test(before);
  const isSpaceAfter = after === '' || /^\s/.test(after);
  const isPunctuationBefore = PUNCTUATION.test(before);
  const isPunctuationAfter = PUNCTUATION.test(String.fromCodePoint(after.codePointAt(0) ?? 0x20));
  const left = !isSpaceAfter && (!isPunctuationAfter || isSpaceBefore || isPunctuationBefore);
  const right = !isSpaceBefore && (!isPunctuationBefore || isSpaceAfter || isPunctuationAfter);
  return char === '_'
    ? { canOpen: left && (!right || isPunctuationBefore), canClose: right && (!left || isPunctuationAfter) }
    : { canOpen: left, canClose: right };
}

/** The whole character before `at`, which may be two UTF-16 units. */
function charBefore(text: string, at: number): string {
  const pair = text.slice(Math.max(0, at - 2), at);
  return /[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(pair) ? pair : pair.slice(-1);
}
