/** The longest cycle that is looked for, in UTF-16 units. */
const MAX_CYCLE = 240;
/** A text loops where at least so many units repeat what stands one cycle before … */
const MIN_REPEATED = 160;
/** … and at least so many cycles of them: a table's rules and a form's dotted lines repeat too, but less. */
const MIN_CYCLES = 6;

/** Where a server says itself that the text loops, so few units are enough to find where. */
const MIN_REPEATED_AT_END = 20;

/**
 * Watches a text that comes in pieces and tells when it goes round in circles, as small models do. The cost is
 * linear in the text.
 */
export class RepetitionGuard {
  #text = '';
  #length = 0;
  /** The last units, in a ring. */
  readonly #last = new Uint16Array(MAX_CYCLE);
  /** For each length of cycle: how many units in a row are the same as the one that far back. */
  readonly #repeated = new Uint32Array(MAX_CYCLE + 1);

  /** The text so far; where it loops, up to the end of the first cycle, and nothing where it does nothing else. */
  get text(): string {
    return this.#text;
  }

  /** @returns false once the text loops: what comes after is of no use */
  add(piece: string): boolean {
    this.#text += piece;
    for (let at = 0; at < piece.length; at++) {
      this.#push(piece.charCodeAt(at));
      if (this.#cut(MIN_REPEATED)) return false;
    }
    return true;
  }

  /** Takes off the loop at the end of a text that somebody else has cut. */
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
