import { findSections, type SectionPlace } from '../note/managed-section.ts';
import { readBlocks } from '../note/read-blocks.ts';

const USUAL = 2;
const LOWEST = 5;

/**
 * The level of a summary's heading: that of an existing summary; at the cursor, one level below the heading above it;
 * otherwise 2.
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
