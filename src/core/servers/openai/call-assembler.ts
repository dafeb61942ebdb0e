import * as z from 'zod/mini';
import type { ToolCall } from '../../model/chat-model.ts';
import { MAX_ARGUMENTS } from '../../model/tool-arguments.ts';

/** The parts of calls in one event of a stream. */
export const CallPieces = z.array(
  z.object({
    index: z.nullish(z.int().check(z.minimum(0))),
    id: z.nullish(z.string()),
    function: z.nullish(z.object({ name: z.nullish(z.string()), arguments: z.nullish(z.string()) })),
  }),
);

/**
 * Maximum number of calls in an answer, and maximum length of a name in UTF-16 units. Valid answers stay
 * below both.
 */
const MAX_CALLS = 16;
const MAX_NAME = 100;

/** Assembles calls that arrive in parts. Limits the memory for endless calls. */
export class CallAssembler {
  readonly #calls = new Map<number, { name: string; arguments: string }>();

  get isEmpty(): boolean {
    return this.#calls.size === 0;
  }

  add(pieces: z.infer<typeof CallPieces>): void {
    for (const { index, function: piece } of pieces) {
      // Servers that omit the index send each call complete.
      const at = index ?? this.#calls.size;
      const call = this.#calls.get(at) ?? { name: '', arguments: '' };
      if (!this.#calls.has(at) && this.#calls.size >= MAX_CALLS) continue;
      call.name = (call.name + (piece?.name ?? '')).slice(0, MAX_NAME);
      call.arguments = (call.arguments + (piece?.arguments ?? '')).slice(0, MAX_ARGUMENTS + 1);
      this.#calls.set(at, call);
    }
  }

  /** Returns all calls in order. */
  whole(): ToolCall[] {
    return [...this.#calls].sort(([a], [b]) => a - b).map(([, call]) => ({ ...call }));
  }
}
