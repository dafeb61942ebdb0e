import type { ListedImage } from '../core/note/list-images.ts';
import { createExclude } from '../core/settings/exclude.ts';
import type { Settings } from '../core/settings/settings.ts';

/** Which images lack words, as the settings count them, where the settings don't leave them alone. */
export function needsCaption(settings: Settings): (image: ListedImage, note: string) => boolean {
  const isLeftOut = createExclude(settings.leaveOut);
  return ({ image, lack }, note) =>
    lack !== null &&
    (lack !== 'useless' || settings.missing === 'useless') &&
    !isLeftOut(note) &&
    !(image.kind === 'file' && isLeftOut(image.path));
}
