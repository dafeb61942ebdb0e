import type { CaptionStyle } from '../core/note/write-caption.ts';
import { settingsFor } from '../core/settings/folder-rules.ts';
import type { Settings } from '../core/settings/settings.ts';

/**
 * What to write into a note.
 * @param keepsAlt whether only text below the image is new, so that there must be some
 */
export function captionStyle(settings: Settings, note: string, keepsAlt: boolean): CaptionStyle {
  const { style } = settingsFor(settings, note);
  return keepsAlt && style === 'alt' ? 'callout' : style;
}
