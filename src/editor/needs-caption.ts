import type { ListedImage } from '../core/note/list-images.ts';
import type { Settings } from '../core/settings/settings.ts';
import type { SkippedImages } from '../core/storage/skipped-images.ts';
import { createIsExcluded } from './is-excluded.ts';

/**
 * Returns a test for images that need alt text under these settings and are not excluded.
 * @param skipped the images that the user left out one by one; null if the host can't do that
 */
export function needsCaption(
  settings: Settings,
  skipped: SkippedImages | null = null,
): (image: ListedImage, note: string) => boolean {
  const isExcluded = createIsExcluded(settings, skipped);
  return (listed, note) =>
    listed.altProblem !== null &&
    (listed.altProblem !== 'useless' || settings.missing === 'useless') &&
    !isExcluded(listed, note);
}
