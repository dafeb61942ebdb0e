/** A JSON value as a model wrote it. */
export type LooseValue = string | number | boolean | null | LooseValue[] | { [key: string]: LooseValue };

export interface LooseJson {
  /** Contains only complete values. */
  readonly value: LooseValue;
  /** The end of the value; exclusive, in UTF-16 units. */
  readonly to: number;
  /**
   * If the text ends before the value does: the unfinished string and its key, or ''. Null if the value is complete.
   */
  readonly cut: { readonly key: string; readonly text: string } | null;
}

/** Requested answers are never nested more deeply. */
const MAX_DEPTH = 8;

const LITERALS = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['none', null],
  ['undefined', null],
]);

const ESCAPES = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', ''],
  ['f', ''],
]);
/** Characters that lose the backslash before them. */
const ESCAPED = /["'\\/]/;
/** What follows a string that is a value. A comma must be followed by another value or key. */
const AFTER_VALUE = /^\s*(?:[}\]]|$|,\s*(?:["'{[}\]]|[\w$]+\s*:|-?\d|(?:true|false|null|none)\b|$))/i;
const AFTER_KEY = /^\s*(?::|$)/;
/** UTF-16 units to check after a quote. */
const LOOK_AHEAD = 80;

/**
 * Reads JSON as models write it without a grammar: with apostrophes as quotes, Python literals, extra commas, line
 * breaks and bare quotes in strings, or cut off.
 * @param from the start of the value, a brace or bracket
 * @returns null if there is none
 */
export function readLooseJson(text: string, from: number): LooseJson | null {
  const reader = new Reader(text, from);
  try {
    const value = reader.value('', 0);
    return value === undefined ? null : { value, to: reader.at, cut: reader.cut };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The object or list at the end of a text, whatever precedes it; null for none. */
export function jsonAtEnd(text: string): string | null {
  const end = text.replace(/\s*(?:```)?\s*$/, '');
  if (!/[}\]]$/.test(end)) return null;
  for (const { index } of end.matchAll(/[{[]/g)) {
    const read = readLooseJson(end, index);
    if (read?.cut === null && read.to === end.length) return end.slice(index);
  }
  return null;
}

class Reader {
  readonly #text: string;
  at: number;
  cut: LooseJson['cut'] = null;

  constructor(text: string, from: number) {
    this.#text = text;
    this.at = from;
  }

  isCut(): boolean {
    return this.cut !== null;
  }

  /**
   * @returns undefined if the value is cut off
   * @throws SyntaxError
   */
  value(key: string, depth: number): LooseValue | undefined {
    const first = this.#next();
    if (depth > MAX_DEPTH) throw new SyntaxError('nested too deep');
    if (first === '{') return this.#object(depth);
    if (first === '[') return this.#list(key, depth);
    if (first === '"' || first === "'") return this.#string(key, AFTER_VALUE);
    const word = this.#match(/^[^\s,:{}[\]"']{1,40}/);
    const literal = LITERALS.get(word.toLowerCase());
    if (literal !== undefined) return literal;
    if (word !== '' && !Number.isNaN(Number(word))) return Number(word);
    this.#end();
    return undefined;
  }

  #object(depth: number): LooseValue {
    const found: Record<string, LooseValue> = {};
    this.at++;
    for (;;) {
      const first = this.#next();
      if (first === '}') {
        this.at++;
        return found;
      }
      const isQuoted = first === '"' || first === "'";
      const key = isQuoted ? this.#string('', AFTER_KEY) : this.#match(/^[\p{L}_$][\p{L}\p{N}_$-]{0,40}/u);
      if (this.#next() !== ':') this.#end();
      if (this.isCut() || key === undefined) {
        this.cut = { key: '', text: '' };
        return found;
      }
      this.at++;
      const value = this.value(key, depth + 1);
      const isPart = this.isCut() && Array.isArray(value);
      if (value !== undefined && !isPart) found[key] = value;
      if (this.isCut()) return found;
    }
  }

  #list(key: string, depth: number): LooseValue {
    const found: LooseValue[] = [];
    this.at++;
    for (;;) {
      if (this.#next() === ']') {
        this.at++;
        return found;
      }
      const value = this.value(key, depth + 1);
      if (value !== undefined) found.push(value);
      if (this.isCut()) return found;
    }
  }

  /** A quote ends a string only if what follows is valid after a string; other quotes are part of the text. */
  #string(key: string, after: RegExp): string | undefined {
    const text = this.#text;
    const quote = text.charAt(this.at);
    let result = '';
    for (this.at++; this.at < text.length; this.at++) {
      const unit = text.charAt(this.at);
      if (unit === quote && after.test(text.slice(this.at + 1, this.at + 1 + LOOK_AHEAD))) {
        this.at++;
        return result;
      }
      if (unit !== '\\') {
        result += unit;
        continue;
      }
      const letter = text.charAt(++this.at);
      const [hex] = letter === 'u' ? (/^[0-9a-f]{0,4}/i.exec(text.slice(this.at + 1)) ?? ['']) : [''];
      if (letter === '' || (letter === 'u' && this.at + 1 + hex.length === text.length && hex.length < 4))
        break;
      if (hex.length === 4) {
        result += String.fromCharCode(Number.parseInt(hex, 16));
        this.at += 4;
      } else result += ESCAPES.get(letter) ?? (ESCAPED.test(letter) ? letter : `\\${letter}`);
    }
    this.at = text.length;
    this.cut = { key, text: result };
    return undefined;
  }

  #next(): string {
    this.#match(/^[\s,]+/);
    return this.#text.charAt(this.at);
  }

  #match(pattern: RegExp): string {
    const [found = ''] = pattern.exec(this.#text.slice(this.at)) ?? [];
    this.at += found.length;
    return found;
  }

  /** Accepts the end of the text; anything else is a syntax error. */
  #end(): void {
    if (this.at < this.#text.length) throw new SyntaxError('no JSON');
    this.cut ??= { key: '', text: '' };
  }
}
