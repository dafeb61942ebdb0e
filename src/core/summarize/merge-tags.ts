/**
 * The tags of a note with new ones behind them, each once whatever its case; those that a person wrote stay as they
 * are. New ones become what an editor takes for a tag: without spaces and signs, and not of digits only.
 */
export function mergeTags(existing: readonly string[], added: readonly string[]): string[] {
  const merged = [...existing];
  const seen = new Set(existing.map(folded));
  for (const tag of added.map(asTag)) {
    if (!/[^\d]/.test(tag) || seen.has(folded(tag))) continue;
    seen.add(folded(tag));
    merged.push(tag);
  }
  return merged;
}

function folded(tag: string): string {
  return tag.replace(/^#/, '').normalize('NFC').toLowerCase();
}

/** https://help.obsidian.md/tags: letters, digits, `_`, `-` and `/`. */
function asTag(words: string): string {
  return words
    .trim()
    .replace(/\s+/g, '-')
    .replace(/[^\p{L}\p{M}\p{N}_/-]/gu, '')
    .replace(/^[-/]+|[-/]+$/g, '');
}
