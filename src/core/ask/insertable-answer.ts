import { cleanMarkdown } from '../markdown/clean-markdown.ts';
import { escapeMarkdown } from '../markdown/escape-markdown.ts';
import { findReferences } from '../text/image-references.ts';
import { oneLine } from '../text/one-line.ts';

/** As what an answer is put into a note. */
export type AnswerForm = 'plain' | 'quote' | 'callout';

/**
 * An answer as lines of a note. A model wrote it, maybe by what an image told it to: nothing in it loads, runs or
 * links to other notes there.
 * @param linkOf a link to an image by its number, in the syntax of the note, or words where there can be none
 * @param images how many there are
 */
export function insertableAnswer(
  { question, answer }: { readonly question: string; readonly answer: string },
  form: AnswerForm,
  images: number,
  linkOf: (image: number) => string,
): string[] {
  const markdown = cleanMarkdown(answer, {
    topHeading: 3,
    replace: (words) =>
      findReferences(words, images).map(({ from, to, images: named }) => ({
        from,
        to,
        markdown: named.map(linkOf).join(', '),
      })),
  });
  const lines = markdown.split('\n');
  if (form === 'plain') return lines;
  const quoted = lines.map((line) => `> ${line}`.trimEnd());
  return form === 'quote' ? quoted : [`> [!question] ${escapeMarkdown(oneLine(question))}`, ...quoted];
}
