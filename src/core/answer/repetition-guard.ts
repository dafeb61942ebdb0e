/** The longest cycle to detect, in UTF-16 units. */
const MAX_CYCLE = 240;
/** A text loops if at least this many units repeat those one cycle earlier … */
const MIN_REPEATED = 160;
/** … and if these are at least this many cycles: borders of tables and dotted lines of forms are shorter. */
const MIN_CYCLES = 6;

/** If the server reports a loop, this few units are enough to locate it. */
const MIN_REPEATED_AT_END = 20;

/** Detects a loop in a text that arrives in pieces, which is common with small models. Runs in linear time. */
export class RepetitionGuard {
  #text = '';
  #length = 0;
  /** The last units, in a ring buffer. */
  readonly #last = new Uint16Array(MAX_CYCLE);
  /** For each cycle length: how many consecutive units equal the one that far back. */
  readonly #repeated = new Uint32Array(MAX_CYCLE + 1);

  /**
   * The text so far. If it loops, only up to the end of the first cycle, or '' if the text is nothing but the loop.
   */
  get text(): string {
    return this.#text;
  }

  /** @returns false once the text loops; the rest is useless */
  add(piece: string): boolean {
    this.#text += piece;
    for (let at = 0; at < piece.length; at++) {
      this.#push(piece.charCodeAt(at));
      if (this.#cut(MIN_REPEATED)) return false;
    }
    return true;
  }

  /** Removes the loop at the end of a text that the server cut off. */
  end(): void {
    this.#cut(MIN_REPEATED_AT_END);
  }

  #push(unit: number): void {
    for (let cycle = Math.min(this.#length, MAX_CYCLE); cycle >= 1; cycle--) {
      const same = this.#last[(this.#length - cycle) % MAX_CYCLE] === unit;
      this.#repeated[cycle] = same ? (this.#repeated[cycle] ?? 0) + 1 : 0;
    }
    this.#last[this.#length % MAX_CYCLE] = unit;
    this.#length++;
  }

  /** @returns whether there was a loop to cut off */
  #cut(least: number): boolean {
    const cycle = this.#repeated.findIndex(
      (repeated, length) => length > 0 && repeated >= least && repeated >= length * MIN_CYCLES,
    );
    if (cycle < 0) return false;
    const end = this.#length - (this.#repeated[cycle] ?? 0);
    this.#text = end === cycle ? '' : this.#text.slice(0, end);
    return true;
  }
}
