import type { ChatCall } from '../fakes/chat-call.ts';

/** What a fake model says of a PNG of one colour: how wide it is, by which it can be told apart. */
export function squareAnswer({ images }: ChatCall): Readonly<Record<string, unknown>> {
  return {
    alt: `Square ${images[0]?.readUInt32BE(16) ?? 0} wide`,
    description: '',
    text: '',
    tags: [],
    decorative: false,
  };
}
