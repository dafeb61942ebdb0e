import type { ListedImage } from '../core/note/list-images.ts';
import { createExclude } from '../core/settings/exclude.ts';
import type { Settings } from '../core/settings/settings.ts';

/** Returns a test for images that need alt text under these settings and are not excluded. */
export function needsCaption(settings: Settings): (image: ListedImage, note: string) => boolean {
  const isLeftOut = createExclude(settings.leaveOut);
  return ({ image, altProblem }, note) =>
    altProblem !== null &&
    (altProblem !== 'useless' || settings.missing === 'useless') &&
    !isLeftOut(note) &&
    !(image.kind === 'file' && isLeftOut(image.path));
}
