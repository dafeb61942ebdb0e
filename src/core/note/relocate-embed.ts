import type { ImageEmbed } from './image-embed.ts';
import { needsAltText } from './needs-alt-text.ts';

/**
 * Finds an embed in a note that was edited since: by what it is (syntax and target), and among equals by what stands
 * before and after it, for offsets and line numbers don't survive an edit.
 * @param then all embeds of the note as it was read, `embed` among them
 * @param now all embeds of the note as it is
 * @returns the embed as it stands now; null where it is gone or somebody gave it other words meanwhile
 */
export function findAgain(
  embed: ImageEmbed,
  then: readonly ImageEmbed[],
  now: readonly ImageEmbed[],
): ImageEmbed | null {
  return find(embed, then, now, isUntouched);
}

/** Finds an embed in the same way where somebody, or another run, gave it other alt text meanwhile; null for none. */
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

  // Something changed on both sides of it, so the neighbours tell equals apart, and after them the order.
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

/** The embeds that stand where it stood: all embeds before are still the same, or all embeds after. */
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
  // Words that came meanwhile are somebody's, however little they say.
  return then.alt === now.alt || needsAltText(now) === 'missing';
}
