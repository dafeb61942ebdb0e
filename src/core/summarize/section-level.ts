import { findSections, type SectionPlace } from '../note/managed-section.ts';
import { readBlocks } from '../note/read-blocks.ts';

const USUAL = 2;
const LOWEST = 5;

/**
 * The level that the heading of a summary has: the one that is there keeps its own, at the cursor it is below the
 * heading that the cursor stands under, else it is the second.
 */
export function sectionLevel(note: string, place: SectionPlace): number {
  const [old] = findSections(note);
  if (old) return Math.min(LOWEST, /^(#+) /.exec(old.content)?.[1]?.length ?? USUAL);
  if (typeof place !== 'number') return USUAL;
  const above = readBlocks(note, 'all').findLast(
    ({ block: { level, lead } }) => level > 0 && lead.from <= place,
  );
  return Math.min(LOWEST, Math.max(USUAL, (above?.block.level ?? 0) + 1));
}
