import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Bytes per chunk, in turn; small enough to split characters and lines. */
const CHUNK_SIZES = [1, 7, 3, 64, 2, 13, 29, 5, 31, 11, 3, 9];

/** The number of odd-sized chunks; the rest are whole lines, so that long answers don't take too long. */
const ODD_CHUNKS = 60;

/** Writes in chunks of odd sizes, each sent before the next, because a client would otherwise receive them joined. */
export function oddChunks(response: ServerResponse): { write(text: string): Promise<void> } {
  let turn = 0;
  return {
    async write(text) {
      const bytes = Buffer.from(text);
      for (let from = 0; from < bytes.length && !response.destroyed;) {
        const size = turn < ODD_CHUNKS ? CHUNK_SIZES[turn % CHUNK_SIZES.length] : undefined;
        const to = from + (size ?? bytes.length);
        response.write(bytes.subarray(from, to));
        if (size !== undefined || turn % ODD_CHUNKS === 0) await nextTurn();
        from = to;
        turn++;
      }
    },
  };
}
