import type { Row } from './bench.ts';

/** A row with an upper limit. */
export function atMost(what: string, value: number, unit: string, limit: number): Row {
  return { what, value, unit, aim: `≤ ${limit} ${unit}`, met: value <= limit };
}
