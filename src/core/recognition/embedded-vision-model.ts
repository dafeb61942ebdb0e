import { NotesightError } from '../errors.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { Recognizers } from '../ports.ts';
import { describeDetections } from './describe-detections.ts';
import { imageCategory } from './image-category.ts';
import { readableLines } from './readable-lines.ts';
import { recognitionSize } from './recognition-size.ts';

/**
 * The engine that works without a server: it reads the text in an image, detects objects and faces in a photo, and
 * states in the description that this is all.
 * Its `describe` throws `nothing_recognised` if it finds neither, and the errors of the recognizers.
 */
export function createEmbeddedVisionModel({ text, objects }: Recognizers): VisionModel {
  return {
    engine: 'embedded',
    name: 'experts',
    provenance: 'recognizers',
    version: 2,
    inputSize: recognitionSize,
    tasks: null,
    async describe(image, { language }, signal) {
      const [lines, found] = await Promise.all([
        text.look(image, signal),
        // In drawings, owls have been detected as people.
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
