import type { FoundImage } from '../../search/image-index.ts';
import type { FoundNoteImage } from './toolbox.ts';

/** An image that was found, as a model gets it. */
export function wordsOfFound({ note, file, alt, description, text }: FoundImage): FoundNoteImage {
  const parts = [alt, description, text === '' ? '' : `Text in it: ${text}`];
  return { note, file, words: parts.filter((part) => part !== '').join(' ') };
}
