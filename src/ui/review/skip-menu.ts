import type { SkipReason } from '../../core/storage/skipped-images.ts';
import type { MenuEntry, MenuGroups } from '../menu/menu.ts';
import type { ReviewWords } from './review-words.ts';

/**
 * Shows the ways to leave an image out of all later reviews.
 * @param first entries above them
 * @param choose called with the user's choice
 */
export function showSkipMenu(
  words: ReviewWords,
  show: (groups: MenuGroups) => void,
  first: readonly MenuEntry[],
  choose: (reason: SkipReason) => void,
): void {
  const entry = (reason: SkipReason) => ({
    label: words[reason],
    run: () => {
      choose(reason);
    },
  });
  show([first, [entry('decorative'), entry('never')]]);
}
