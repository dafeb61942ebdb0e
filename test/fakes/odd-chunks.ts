import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Bytes a chunk, in turn: so small that they split characters and lines. */
const CHUNK_SIZES = [1, 7, 3, 64, 2, 13, 29, 5, 31, 11, 3, 9];

/** Chunks of an answer that have odd sizes; the rest are whole lines, or long answers would take their time. */
const ODD_CHUNKS = 60;

/** Writes in chunks of odd sizes, each on its way before the next, or a client would get them joined. */
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
