import { NotesightError } from '../../errors.ts';
import type { Expert, ReadLine } from '../../ports.ts';
import type { VisionModel } from '../vision-model.ts';
import { expertSize } from '../../experts/expert-size.ts';
import { flowLines } from './flow-lines.ts';
import { readableLines } from '../../experts/readable-lines.ts';
import { shorten } from './shorten.ts';

/** In UTF-16 units: about as much as a screen reader reads in one breath. */
const ALT_LENGTH = 125;
const DESCRIPTION_LENGTH = 600;

/** What the words are, said in the language of the note; English where we don't speak it. */
const ENGLISH = { alt: 'Text', description: 'The text in the image, read by OCR' };
const WORDS = new Map([
  ['ru', { alt: 'Текст', description: 'Текст на изображении, распознанный автоматически (OCR)' }],
  ['de', { alt: 'Text', description: 'Der Text im Bild, durch Texterkennung (OCR) gelesen' }],
]);

/**
 * The engine that works without a server: it reads the text in an image and says that it is no more than that.
 *
 * Its `describe` throws `no_text_in_image` where there is none, and what `reader` throws.
 */
export function createEmbeddedVisionModel(reader: Expert<ReadLine>): VisionModel {
  return {
    engine: 'embedded',
    name: 'tesseract',
    version: 1,
    inputSize: expertSize,
    tasks: null,
    async describe(image, { language }, signal) {
      const lines = readableLines(await reader.look(image, signal));
      if (lines.length === 0) throw new NotesightError('no_text_in_image', 'no text was read in the image');
      const words = WORDS.get(language) ?? ENGLISH;
      const flow = flowLines(lines);
      return {
        alt: shorten(`${words.alt}: ${flow}`, ALT_LENGTH),
        description: shorten(`${words.description}: ${flow}`, DESCRIPTION_LENGTH),
        text: lines.join('\n'),
        tags: [],
        decorative: false,
      };
    },
  };
}
