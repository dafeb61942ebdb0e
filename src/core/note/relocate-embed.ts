import type { ImageEmbed } from './image-embed.ts';
import { needsAltText } from './needs-alt-text.ts';

/**
 * Finds an embed in a note that was edited since it was read. Compares syntax and target, then the
 * neighboring embeds, because offsets and line numbers change with edits.
 * @param then all embeds of the note as it was read, including `embed`
 * @param now all embeds of the current note
 * @returns the embed in the current note; null if it is gone or its alt text changed
 */
export function findAgain(
  embed: ImageEmbed,
  then: readonly ImageEmbed[],
  now: readonly ImageEmbed[],
): ImageEmbed | null {
  return find(embed, then, now, isUntouched);
}

/** Like `findAgain`, but returns an embed only if its alt text changed; null if there is none. */
export function findReworded(
  embed: ImageEmbed,
  then: readonly ImageEmbed[],
  now: readonly ImageEmbed[],
): ImageEmbed | null {
  return find(embed, then, now, (before, after) => !isUntouched(before, after));
}

function find(
  embed: ImageEmbed,
  then: readonly ImageEmbed[],
  now: readonly ImageEmbed[],
  isMeant: (then: ImageEmbed, now: ImageEmbed) => boolean,
): ImageEmbed | null {
  const index = then.indexOf(embed);
  const aligned = alignedWith(index, then, now);
  if (aligned.length > 0) return aligned.find((found) => isMeant(embed, found)) ?? null;

  // There are changes on both sides, so the neighbors decide between equal embeds, then their order.
  let best: ImageEmbed | null = null;
  let bestScore = -1;
  for (const [at, candidate] of now.entries()) {
    if (!isSame(embed, candidate) || !isMeant(embed, candidate)) continue;
    const score = Number(isSame(then[index - 1], now[at - 1])) + Number(isSame(then[index + 1], now[at + 1]));
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

/**
 * Returns the embeds at the same position counted from the start or the end, if all embeds on that side are
 * unchanged.
 */
function alignedWith(
  index: number,
  then: readonly ImageEmbed[],
  now: readonly ImageEmbed[],
): readonly ImageEmbed[] {
  const shift = now.length - then.length;
  const fromStart = then.slice(0, index + 1).every((embed, at) => isSame(embed, now[at]));
  const fromEnd = then.slice(index).every((embed, at) => isSame(embed, now[index + at + shift]));
  return [fromStart ? now[index] : undefined, fromEnd ? now[index + shift] : undefined].filter(
    (found) => found !== undefined,
  );
}

function isSame(then: ImageEmbed | undefined, now: ImageEmbed | undefined): boolean {
  return then?.syntax === now?.syntax && then?.target === now?.target;
}

function isUntouched(then: ImageEmbed, now: ImageEmbed): boolean {
  // Keeps alt text that was added in the meantime, even a placeholder.
  return then.alt === now.alt || needsAltText(now) === 'missing';
}
