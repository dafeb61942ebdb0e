/**
 * Whole numbers as text, with runs of three or more as ranges that stay on one line: `1, 3–5, 8`. Ignores order and
 * repetitions.
 */
export function numberRanges(numbers: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs
    .map(([first, last]) =>
      first === last ? `${first}` : last === first + 1 ? `${first}, ${last}` : `${first}\u2060–\u2060${last}`,
    )
    .join(', ');
}
