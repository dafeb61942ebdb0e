import { NotesightError } from '../errors.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { Experts } from '../ports.ts';
import { describeFinds } from './describe-detections.ts';
import { sortOfImage } from './image-category.ts';
import { readableLines } from './readable-lines.ts';
import { expertSize } from './recognition-size.ts';

/**
 * The engine that works without a server: experts read the text in an image and find objects and faces in a photo, and it says that
 * it is no more than that.
 *
 * Its `describe` throws `nothing_recognised` where there is neither, and what the experts throw.
 */
export function createEmbeddedVisionModel({ text, things }: Experts): VisionModel {
  return {
    engine: 'embedded',
    name: 'experts',
    version: 2,
    inputSize: expertSize,
    tasks: null,
    async describe(image, { language }, signal) {
      const [lines, found] = await Promise.all([
        text.look(image, signal),
        // Drawn owls have been taken for people.
        image.type === 'image/jpeg' ? things.look(image, signal) : [],
      ]);
      const readable = readableLines(lines);
      const sort = sortOfImage(image, lines, readable, found.length > 0);
      const description = describeFinds(sort, readable, found, language);
      if (description === null) {
        throw new NotesightError('nothing_recognised', 'neither text nor things were found in the image');
      }
      return description;
    },
  };
}
