import type { SkipReason } from '../../core/storage/skipped-images.ts';
import type { ShowMenu } from '../menu/menu.ts';
import type { ReviewWords } from './review-words.ts';

/** Shows the ways to leave an image out of all later reviews. @param choose called with the user's choice */
export function showSkipMenu(
  words: ReviewWords,
  showMenu: ShowMenu,
  at: HTMLElement,
  choose: (reason: SkipReason) => void,
): void {
  const entry = (reason: SkipReason) => ({
    label: words[reason],
    run: () => {
      choose(reason);
    },
  });
  showMenu([[entry('decorative'), entry('never')]], at);
}
