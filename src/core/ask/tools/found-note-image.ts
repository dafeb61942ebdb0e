import type { Description } from '../../model/image-description.ts';
import type { FoundNoteImage } from './toolbox.ts';

/** A search result as text for a model. */
export function foundNoteImage({
  note,
  file,
  alt,
  description,
  text,
}: Omit<FoundNoteImage, 'text'> & Pick<Description, 'alt' | 'description' | 'text'>): FoundNoteImage {
  const parts = [alt, description, text === '' ? '' : `Text in it: ${text}`];
  return { note, file, text: parts.filter((part) => part !== '').join(' ') };
}
