/**
 * Adds new tags after the existing ones, without duplicates in any case. Existing tags stay unchanged. New ones are
 * made valid for editors: no spaces or punctuation, and not only digits.
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
function asTag(text: string): string {
  return text
    .trim()
    .replace(/\s+/g, '-')
    .replace(/[^\p{L}\p{M}\p{N}_/-]/gu, '')
    .replace(/^[-/]+|[-/]+$/g, '');
}
