/**
 * Makes one line of many, to be read aloud: a word broken over two lines is one again, a sentence that goes on goes on,
 * and what stands by itself (a heading, a bullet, a label) is set off by a semicolon.
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
