import { refusalIn, type Refusal } from '../answer/refusal.ts';
import { saysNothing } from '../note/needs-alt-text.ts';
import { INSTRUCTIONS } from './describe-prompt.ts';

/** What is wrong with an alt text: no answer, code, characters that were lost, a placeholder, or our own words. */
export type AltFault = Refusal | 'code' | 'garbled' | 'placeholder' | 'echo';

/** Words before a kind of image that say no more than it does. */
const ARTICLE =
  /^(?:(?:this|here|it) is |it's )?(?:an?|the|this|eine?|das|dies(?:es)?|une?|l[ae]|un[ao]?|el|uma?|il)\s+/i;
/** Shorter, our own words are anybody's; in UTF-16 units. */
const MIN_ECHO = 20;

/**
 * What keeps an alt text out of a note.
 * @param alt cleaned
 * @param file the image's path or name; '' where it is not known
 * @returns null where it is good
 */
export function altFault(alt: string, file: string): AltFault | null {
  const refusal = refusalIn(alt);
  if (refusal !== null) return refusal;
  if (/^(?:[{[]\s*["'{[]|```|<\?xml|<!doctype)|^\W*["'](?:alt|description|tags)["']\s*:/i.test(alt))
    return 'code';
  if (alt.includes('\ufffd')) return 'garbled';
  if (saysNothing(alt, file) || saysNothing(alt.replace(ARTICLE, ''), '')) return 'placeholder';
  const words = alt.toLowerCase().replace(/[.…]+$/, '');
  return words.length >= MIN_ECHO && INSTRUCTIONS.includes(words) ? 'echo' : null;
}
