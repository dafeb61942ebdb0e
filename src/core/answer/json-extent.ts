/**
 * Whether an answer contains a JSON object after the reasoning, and whether the object is closed. The JSON need not
 * be valid: models add trailing commas.
 */
export function jsonExtent(answer: string): 'none' | 'open' | 'closed' {
  const output = answer.replace(/^.*<\/think>/s, '');
  const from = output.indexOf('{');
  if (from < 0) return 'none';
  let depth = 0;
  // Braces inside strings don't count.
  for (const [token] of output.slice(from).matchAll(/"(?:[^"\\]|\\.)*"?|[{}]/gs)) {
    if (token === '{') depth++;
    else if (token === '}') depth--;
    if (depth === 0) return 'closed';
  }
  return 'open';
}
