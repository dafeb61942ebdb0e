import { readLooseJson } from '../answer/loose-json.ts';
import { refusalIn } from '../answer/refusal.ts';
import { withoutSummaryPreamble } from '../answer/without-preamble.ts';
import { NotesightError } from '../errors.ts';

/** A fence around the whole answer, as if the Markdown were code. */
const FENCED = /^\s*```(?:markdown|md|json|text)?\s*\n([^]*?)\n?```\s*$/i;
/** UTF-16 units: a longer text that begins with an apology goes on with an answer. */
const LONGEST_REFUSAL = 500;

/**
 * Removes what a model puts around a summary: a preamble, a fence, JSON.
 * @returns '' for JSON without a summary
 * @throws NotesightError `answer_unusable` if the model refuses
 */
export function cleanSummary(answer: string): string {
  const body = withoutSummaryPreamble(answer.trim());
  const text = FENCED.exec(body)?.[1] ?? body;
  if (text.length <= LONGEST_REFUSAL && refusalIn(text) !== null) {
    throw new NotesightError('answer_unusable', 'The model refused to summarize.', {
      data: { reason: 'refused' },
    });
  }
  return /^\s*[{[]\s*["'{[]/.test(text) ? textInJson(text) : text;
}

/** The longest text in an object. */
function textInJson(text: string): string {
  const read = readLooseJson(text.trim(), 0);
  const texts: string[] = [];
  JSON.stringify(read?.value ?? null, (_key, value: unknown) => {
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  return texts.sort((a, b) => b.length - a.length)[0] ?? '';
}
