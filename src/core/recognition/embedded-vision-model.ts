import { NotesightError } from '../errors.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { Recognizers } from '../ports.ts';
import { describeDetections } from './describe-detections.ts';
import { imageCategory } from './image-category.ts';
import { readableLines } from './readable-lines.ts';
import { recognitionSize } from './recognition-size.ts';

/**
 * The engine that works without a server: experts read the text in an image and find objects and faces in a photo, and it says that
 * it is no more than that.
 *
 * Its `describe` throws `nothing_recognised` where there is neither, and what the experts throw.
 */
export function createEmbeddedVisionModel({ text, objects }: Recognizers): VisionModel {
  return {
    engine: 'embedded',
    name: 'experts',
    version: 2,
    inputSize: recognitionSize,
    tasks: null,
    async describe(image, { language }, signal) {
      const [lines, found] = await Promise.all([
        text.look(image, signal),
        // Drawn owls have been taken for people.
        image.type === 'image/jpeg' ? objects.look(image, signal) : [],
      ]);
      const readable = readableLines(lines);
      const sort = imageCategory(image, lines, readable, found.length > 0);
      const description = describeDetections(sort, readable, found, language);
      if (description === null) {
        throw new NotesightError('nothing_recognised', 'neither text nor things were found in the image');
      }
      return description;
    },
  };
}
