import { ESCAPE } from './character-references.ts';
import type { InlineConstruct } from './inline-scanner.ts';
import type { Span } from './span.ts';

/** The span of `*…*`, `__…__` or `~~…~~`, including the delimiters. */
export interface Emphasis extends Span {
  /** Number of delimiter characters at each end. */
  readonly marks: number;
}

const ESCAPE_OR_RUN = new RegExp(`${ESCAPE}|(\\*+|_+|~+)`, 'g');
const PUNCTUATION = /[\p{P}\p{S}]/u;

/** A run of `*`, `_` or `~` that may open emphasis. `from` to `to` is the unused part. */
interface Delimiter {
  readonly char: string;
  readonly runLength: number;
  readonly canClose: boolean;
  from: number;
  to: number;
}

/** A bracket level: emphasis can't start on one side of a bracket and end on the other. */
interface Level {
  /** Number of delimiters in the enclosing levels. */
  readonly base: number;
  /** By kind of closing run: the index below which no delimiter matches it. */
  readonly bottoms: Map<string, number>;
}

/**
 * Finds CommonMark emphasis and GFM strikethrough in linear time.
 * @param within the span of the text to search
 * @param constructs the constructs of the text; those that extend beyond `within` are ignored
 * @returns emphasis in order of its end
 */
export function findEmphasis(text: string, within: Span, constructs: readonly InlineConstruct[]): Emphasis[] {
  const finder = new EmphasisFinder(text);
  let pos = within.from;
  for (const edge of edges(constructs)) {
    if (edge.from < within.from || edge.to > within.to) continue;
    finder.addText(pos, edge.from);
    if (edge.kind === 'open') finder.open();
    else if (edge.kind === 'close') finder.close();
    pos = edge.to;
  }
  finder.addText(pos, within.to);
  return finder.found;
}

interface Edge extends Span {
  readonly kind: 'open' | 'close' | 'text';
}

/** Returns spans without delimiters: the edges of links and images, and literal text. */
function edges(constructs: readonly InlineConstruct[]): Edge[] {
  const found: Edge[] = [];
  for (const construct of constructs) {
    const { from, to, kind } = construct;
    if (kind === 'link' || kind === 'image') {
      found.push({ from, to: construct.label.from, kind: 'open' });
      found.push({ from: construct.label.to, to, kind: 'close' });
    } else if (kind !== 'hidden') found.push({ from, to, kind: 'text' });
  }
  return found.sort((a, b) => a.from - b.from);
}

class EmphasisFinder {
  readonly found: Emphasis[] = [];
  readonly #text: string;
  readonly #delimiters: Delimiter[] = [];
  readonly #levels: Level[] = [];
  #level: Level = { base: 0, bottoms: new Map() };

  constructor(text: string) {
    this.#text = text;
  }

  open(): void {
    this.#levels.push(this.#level);
    this.#level = { base: this.#delimiters.length, bottoms: new Map() };
  }

  close(): void {
    this.#delimiters.length = this.#level.base;
    this.#level = this.#levels.pop() ?? this.#level;
  }

  addText(from: number, to: number): void {
    for (const match of this.#text.slice(from, to).matchAll(ESCAPE_OR_RUN)) {
      const run = match[1];
      if (run !== undefined) this.#addRun(run, from + match.index);
    }
  }

  #addRun(run: string, from: number): void {
    const char = run.charAt(0);
    const to = from + run.length;
    if (char === '~' && run.length > 2) return;
    const { canOpen, canClose } = flanking(this.#text, char, from, to);
    const delimiter = { char, runLength: run.length, canClose, from, to };
    if (canClose) this.#closeEmphasis(delimiter, canOpen);
    if (canOpen && delimiter.from < to) this.#delimiters.push(delimiter);
  }

  /** https://spec.commonmark.org/0.31.2/#phase-2-inline-structure, "process emphasis" */
  #closeEmphasis(closer: Delimiter, canOpen: boolean): void {
    const kind = `${closer.char}${closer.char === '~' ? closer.runLength : closer.runLength % 3}${String(canOpen)}`;
    while (closer.from < closer.to) {
      const bottom = this.#level.bottoms.get(kind) ?? this.#level.base;
      let index = this.#delimiters.length - 1;
      while (index >= bottom && !matches(this.#delimiters[index], closer, canOpen)) index--;
      const opener = this.#delimiters[index];
      if (index < bottom || opener === undefined) {
        this.#level.bottoms.set(kind, this.#delimiters.length);
        return;
      }
      const left = opener.to - opener.from;
      const marks = opener.char === '~' ? left : Math.min(2, left, closer.to - closer.from);
      opener.to -= marks;
      closer.from += marks;
      this.found.push({ from: opener.to, to: closer.from, marks });
      this.#delimiters.length = opener.from < opener.to ? index + 1 : index;
      for (const [other, at] of this.#level.bottoms) {
        this.#level.bottoms.set(other, Math.min(at, this.#delimiters.length));
      }
    }
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

/** Returns the full character before `at`, which may be two UTF-16 units. */
function charBefore(text: string, at: number): string {
  const pair = text.slice(Math.max(0, at - 2), at);
  return /[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(pair) ? pair : pair.slice(-1);
}
