import type { Span } from './image-embed.ts';

/** A span moved by an offset: from a part of a text to the whole. */
export function shift({ from, to }: Span, by: number): Span {
  return { from: from + by, to: to + by };
}
