import { refusalIn, type Refusal } from '../answer/refusal.ts';
import { isPlaceholderAlt } from '../note/needs-alt-text.ts';
import { INSTRUCTIONS } from './describe-prompt.ts';

/** Why an alt text is unusable: a refusal, code, garbled characters, a placeholder, or an echo of the prompt. */
export type AltFault = Refusal | 'code' | 'garbled' | 'placeholder' | 'echo';

/** Words before a kind of image that add no information. */
const ARTICLE =
  /^(?:(?:this|here|it) is |it's )?(?:an?|the|this|eine?|das|dies(?:es)?|une?|l[ae]|un[ao]?|el|uma?|il)\s+/i;
/** UTF-16 units: a shorter match with the prompt may be a coincidence. */
const MIN_ECHO = 20;

/**
 * Why an alt text must not be written to a note.
 * @param alt cleaned
 * @param file the image's path or name; '' if unknown
 * @returns null if the alt text is good
 */
export function altFault(alt: string, file: string): AltFault | null {
  const refusal = refusalIn(alt);
  if (refusal !== null) return refusal;
  if (/^(?:[{[]\s*["'{[]|```|<\?xml|<!doctype)|^\W*["'](?:alt|description|tags)["']\s*:/i.test(alt))
    return 'code';
  if (alt.includes('\ufffd')) return 'garbled';
  if (isPlaceholderAlt(alt, file) || isPlaceholderAlt(alt.replace(ARTICLE, ''), '')) return 'placeholder';
  const words = alt.toLowerCase().replace(/[.…]+$/, '');
  return words.length >= MIN_ECHO && INSTRUCTIONS.includes(words) ? 'echo' : null;
}
