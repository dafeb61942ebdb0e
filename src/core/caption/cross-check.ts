import type { Description } from '../model/image-description.ts';
import { DESCRIBE_WHOLE } from '../model/image-description.ts';
import type { ShownImage } from './show-image.ts';

/**
 * Has another model describe an image too, and the first one, which looks at it again, make one description of both. What
 * the two contradict each other in is said at the end of the description, in words, and never in the alt text.
 * @param first what the first model said
 * @param byFirst the image as the first model is shown it
 * @throws NotesightError every code of a server or model, of both
 */
export async function crossCheck(
  first: Description,
  byFirst: ShownImage,
  bySecond: ShownImage,
): Promise<Description> {
  const other = await bySecond.ask(DESCRIBE_WHOLE, await bySecond.fit(null), null);
  const text = first.text || other.text;
  // There is nothing to say of what only decorates.
  if (first.decorative && other.decorative) return { ...first, text };
  const task = { kind: 'compare', opinions: [first, other] } as const;
  const compared = await byFirst.ask(task, await byFirst.fit(null), null);
  if (compared.wrongLanguage === true && first.wrongLanguage !== true) return { ...first, text };
  return { ...compared, description: compared.description || first.description, text };
}
