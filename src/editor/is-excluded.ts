import type { ListedImage } from '../core/note/list-images.ts';
import { createExclude } from '../core/settings/exclude.ts';
import type { Settings } from '../core/settings/settings.ts';
import type { SkippedImages } from '../core/storage/skipped-images.ts';

/**
 * Returns a test for images that the user excluded: with their note, by a pattern, or one by one.
 * @param skipped the images that the user left out one by one; null if the host can't do that
 */
export function createIsExcluded(
  { leaveOut }: Pick<Settings, 'leaveOut'>,
  skipped: SkippedImages | null,
): (image: Pick<ListedImage, 'image'>, note: string) => boolean {
  const isLeftOut = createExclude(leaveOut);
  return ({ image }, note) =>
    isLeftOut(note) ||
    (image.kind === 'file' && (isLeftOut(image.path) || (skipped?.get(image.path) ?? null) !== null));
}
