import type { ListedImage } from '../core/note/list-images.ts';
import { createLeaveOut } from '../core/settings/exclude.ts';
import type { Settings } from '../core/settings/settings.ts';

/** Which images lack words, as the settings count them, where the settings don't leave them alone. */
export function lacksWords(settings: Settings): (image: ListedImage, note: string) => boolean {
  const isLeftOut = createLeaveOut(settings.leaveOut);
  return ({ image, lack }, note) =>
    lack !== null &&
    (lack !== 'useless' || settings.missing === 'useless') &&
    !isLeftOut(note) &&
    !(image.kind === 'file' && isLeftOut(image.path));
}
