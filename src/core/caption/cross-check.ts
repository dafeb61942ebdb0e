import type { Description } from '../model/image-description.ts';
import { DESCRIBE_WHOLE } from '../model/image-description.ts';
import type { ShownImage } from './show-image.ts';

/**
 * Describes an image with a second model, then has the first model merge both descriptions with the image at hand.
 * Contradictions between the two are stated at the end of the description, never in the alt text.
 * @param first the description by the first model
 * @param byFirst the image as the first model gets it
 * @throws NotesightError every code of a server or model, for both models
 */
export async function crossCheck(
  first: Description,
  byFirst: ShownImage,
  bySecond: ShownImage,
): Promise<Description> {
  const other = await bySecond.ask(DESCRIBE_WHOLE, await bySecond.fit(null), null);
  const text = first.text || other.text;
  // A decorative image needs no description.
  if (first.decorative && other.decorative) return { ...first, text };
  const task = { kind: 'compare', opinions: [first, other] } as const;
  const compared = await byFirst.ask(task, await byFirst.fit(null), null);
  if (compared.wrongLanguage === true && first.wrongLanguage !== true) return { ...first, text };
  return { ...compared, description: compared.description || first.description, text };
}
