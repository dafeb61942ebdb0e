import { readLooseJson } from '../answer/loose-json.ts';
import { refusalIn } from '../answer/refusal.ts';
import { withoutSummaryPreamble } from '../answer/without-preamble.ts';
import { NotesightError } from '../errors.ts';

/** A fence around the whole answer, as if Markdown were code. */
const FENCED = /^\s*```(?:markdown|md|json|text)?\s*\n([^]*?)\n?```\s*$/i;
/** Longer, a text that begins with an apology goes on to say something; in UTF-16 units. */
const LONGEST_REFUSAL = 500;

/**
 * A summary without what a model puts around it: a preamble, a fence, JSON.
 * @returns '' for JSON that holds none
 * @throws NotesightError `answer_unusable` where the model refuses
 */
export function cleanSummary(answer: string): string {
  const said = withoutSummaryPreamble(answer.trim());
  const text = FENCED.exec(said)?.[1] ?? said;
  if (text.length <= LONGEST_REFUSAL && refusalIn(text) !== null) {
    throw new NotesightError('answer_unusable', 'The model refused to summarize.', {
      data: { reason: 'refused' },
    });
  }
  return /^\s*[{[]\s*["'{[]/.test(text) ? textInJson(text) : text;
}

/** The longest text that an object holds. */
function textInJson(text: string): string {
  const read = readLooseJson(text.trim(), 0);
  const texts: string[] = [];
  JSON.stringify(read?.value ?? null, (_key, value: unknown) => {
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  return texts.sort((a, b) => b.length - a.length)[0] ?? '';
}
