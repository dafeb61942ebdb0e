import type { ChatCall } from '../fakes/chat-call.ts';

/** The answer of a fake model for a single-color PNG: its width, which identifies it. */
export function squareAnswer({ images }: ChatCall): Readonly<Record<string, unknown>> {
  return {
    alt: `Square ${images[0]?.readUInt32BE(16) ?? 0} wide`,
    description: '',
    text: '',
    tags: [],
    decorative: false,
  };
}
