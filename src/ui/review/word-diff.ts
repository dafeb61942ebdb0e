/** A run of words of a changed text: kept, only in the old text, or only in the new one. */
export interface DiffPart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Compares two short texts word by word, by their longest common subsequence. Spaces belong to the word before them. */
export function diffWords(before: string, after: string): DiffPart[] {
  const old = wordsOf(before);
  const now = wordsOf(after);
  const lengths = commonLengths(old, now);
  const parts: { kind: DiffPart['kind']; text: string }[] = [];
  const add = (kind: DiffPart['kind'], text: string) => {
    const last = parts.at(-1);
    if (last?.kind === kind) last.text += text;
    else parts.push({ kind, text });
  };
  let j = 0;
  for (const [i, word] of old.entries()) {
    // New words come before an old one only if nothing is lost by that.
    while (
      j < now.length &&
      !isSame(word, now[j] ?? '') &&
      (lengths[i]?.[j + 1] ?? 0) > (lengths[i + 1]?.[j] ?? 0)
    )
      add('added', now[j++] ?? '');
    if (j < now.length && isSame(word, now[j] ?? '')) add('same', now[j++] ?? '');
    else add('removed', word);
  }
  for (const word of now.slice(j)) add('added', word);
  return parts;
}

/** Lengths of the longest common subsequences of what follows each pair of positions. */
function commonLengths(old: readonly string[], now: readonly string[]): number[][] {
  const lengths = Array.from({ length: old.length + 1 }, () => Array<number>(now.length + 1).fill(0));
  for (const [i, word] of [...old.entries()].reverse()) {
    const [row = [], below = []] = [lengths[i], lengths[i + 1]];
    for (const [j, other] of [...now.entries()].reverse()) {
      row[j] = isSame(word, other) ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return lengths;
}

const wordsOf = (text: string) => text.match(/\S+\s*/g) ?? [];
const isSame = (one: string, other: string) => one.trimEnd() === other.trimEnd();
