import * as z from 'zod/mini';
import type { ToolCall } from '../../model/chat-model.ts';
import { MAX_ARGUMENTS } from '../../model/tool-arguments.ts';

/** What comes of calls in one event of a stream. */
export const CallPieces = z.array(
  z.object({
    index: z.nullish(z.int().check(z.minimum(0))),
    id: z.nullish(z.string()),
    function: z.nullish(z.object({ name: z.nullish(z.string()), arguments: z.nullish(z.string()) })),
  }),
);

/** Calls of one answer that are kept, and UTF-16 units of a name: no answer that means something has more. */
const MAX_CALLS = 16;
const MAX_NAME = 100;

/** Puts calls together that come in pieces. What never ends takes no memory. */
export class CallAssembler {
  readonly #calls = new Map<number, { name: string; arguments: string }>();

  get isEmpty(): boolean {
    return this.#calls.size === 0;
  }

  add(pieces: z.infer<typeof CallPieces>): void {
    for (const { index, function: piece } of pieces) {
      // Servers that leave the index out send each call whole.
      const at = index ?? this.#calls.size;
      const call = this.#calls.get(at) ?? { name: '', arguments: '' };
      if (!this.#calls.has(at) && this.#calls.size >= MAX_CALLS) continue;
      call.name = (call.name + (piece?.name ?? '')).slice(0, MAX_NAME);
      call.arguments = (call.arguments + (piece?.arguments ?? '')).slice(0, MAX_ARGUMENTS + 1);
      this.#calls.set(at, call);
    }
  }

  /** All of them, in their order. */
  whole(): ToolCall[] {
    return [...this.#calls].sort(([a], [b]) => a - b).map(([, call]) => ({ ...call }));
  }
}
