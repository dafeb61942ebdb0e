import type { ListedImage } from '../core/note/list-images.ts';
import { createExclude } from '../core/settings/exclude.ts';
import type { Settings } from '../core/settings/settings.ts';
import type { SkippedImages } from '../core/storage/skipped-images.ts';

/**
 * Returns a test for images that need alt text under these settings and are not excluded.
 * @param skipped the images that the user left out one by one; null if the host can't do that
 */
export function needsCaption(
  settings: Settings,
  skipped: SkippedImages | null = null,
): (image: ListedImage, note: string) => boolean {
  const isLeftOut = createExclude(settings.leaveOut);
  return ({ image, altProblem }, note) =>
    altProblem !== null &&
    (altProblem !== 'useless' || settings.missing === 'useless') &&
    !isLeftOut(note) &&
    !(image.kind === 'file' && (isLeftOut(image.path) || (skipped?.get(image.path) ?? null) !== null));
}
