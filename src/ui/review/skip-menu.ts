import type { SkipReason } from '../../core/storage/skipped-images.ts';
import type { MenuEntry } from '../menu/menu.ts';
import type { ReviewWords } from './review-words.ts';

/** The ways to leave an image out of all later reviews. @param choose called with the user's choice */
export function skipEntries(
  words: Pick<ReviewWords, SkipReason>,
  choose: (reason: SkipReason) => void,
): readonly MenuEntry[] {
  const entry = (reason: SkipReason) => ({
    label: words[reason],
    run: () => {
      choose(reason);
    },
  });
  return [entry('decorative'), entry('never')];
}
