/**
 * Joins lines into one line to be read aloud: joins words that are split across two lines, continues sentences, and
 * separates independent lines (a heading, a bullet, a label) by semicolons.
 */
export function flowLines(lines: readonly string[]): string {
  let flow = '';
  for (const line of lines) {
    if (flow === '') flow = line;
    else if (/\p{L}[-\u00ad\u2010]$/u.test(flow.slice(-4)) && /^\p{Ll}/u.test(line))
      flow = flow.slice(0, -1) + line;
    else flow += (/[.,:;!?…]$/u.test(flow.slice(-1)) || /^\p{Ll}/u.test(line) ? ' ' : '; ') + line;
  }
  return flow;
}
