import type { ListedImage } from '../core/note/list-images.ts';
import { createExclude } from '../core/settings/exclude.ts';
import { createFolderExclude } from '../core/settings/folder-rules.ts';
import type { Settings } from '../core/settings/settings.ts';
import type { SkippedImages } from '../core/storage/skipped-images.ts';

/**
 * Returns a test for images that the user excluded: with their note, by a pattern or a folder rule, or one by one.
 * @param skipped the images that the user left out one by one; null if the host can't do that
 */
export function createIsExcluded(
  { leaveOut, folderRules }: Pick<Settings, 'leaveOut' | 'folderRules'>,
  skipped: SkippedImages | null,
): (image: Pick<ListedImage, 'image'>, note: string) => boolean {
  const isMatched = createExclude(leaveOut);
  const isInExcludedFolder = createFolderExclude(folderRules);
  const isLeftOut = (path: string) => isMatched(path) || isInExcludedFolder(path);
  return ({ image }, note) =>
    isLeftOut(note) ||
    (image.kind === 'file' && (isLeftOut(image.path) || (skipped?.get(image.path) ?? null) !== null));
}
