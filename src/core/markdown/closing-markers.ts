import type { NoteBlock } from './block-scanner.ts';

/** Finds the end of comments and math that start in one block and end in a later one. */
export class ClosingMarkers {
  readonly #blocks: readonly NoteBlock[];
  /** The last block with each marker, so that failing searches are not repeated. */
  readonly #lastBlocks = new Map<string, number>();

  constructor(blocks: readonly NoteBlock[]) {
    this.#blocks = blocks;
  }

  /** @returns the offset in the note after the first `marker` in a block after `index`, or null */
  after(index: number, marker: string): number | null {
    let last = this.#lastBlocks.get(marker);
    if (last === undefined) {
      last = this.#blocks.findLastIndex(({ text }) => text.includes(marker));
      this.#lastBlocks.set(marker, last);
    }
    for (let next = index + 1; next <= last; next++) {
      const block = this.#blocks[next];
      const at = block?.text.indexOf(marker) ?? -1;
      if (block !== undefined && at >= 0) return block.from + at + marker.length;
    }
    return null;
  }
}
