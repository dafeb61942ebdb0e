/** Moves a span by an offset, such as from a part of a text to the whole. */
export function shift({ from, to }: Span, by: number): Span {
  return { from: from + by, to: to + by };
}

/** UTF-16 offsets; `to` is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
