import type { NotesightError } from '../../../core/errors.ts';
import type { Explanation } from '../../../core/messages/explain.ts';
import type { SkippedImages, SkipReason } from '../../../core/storage/skipped-images.ts';
import type { MenuEntry } from '../../../ui/menu/menu.ts';
import type { Words } from '../messages/en.ts';
import { showError } from '../show-error.ts';

export interface SkipPorts {
  /** The images that the user left out; null until they are loaded. */
  readonly knownSkipped: () => SkippedImages | null;
  readonly words: Words;
  readonly explain: (error: NotesightError) => Explanation;
}

/** The entries of an image's menu that leave it out of batches and reviews, or include it again. */
export function skipEntries(file: string, { knownSkipped, words, explain }: SkipPorts): readonly MenuEntry[] {
  const skipped = knownSkipped();
  if (skipped === null) return [];
  const now = skipped.get(file);
  const entry = (label: string, reason: SkipReason): MenuEntry => ({
    label,
    isOn: now === reason,
    run: () => {
      skipped.set([file], now === reason ? null : reason).catch((error: unknown) => {
        showError(error, explain);
      });
    },
  });
  return [entry(words.review.decorative, 'decorative'), entry(words.review.never, 'never')];
}
