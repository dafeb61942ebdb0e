import { cleanMarkdown } from '../markdown/clean-markdown.ts';
import { escapeMarkdown } from '../markdown/escape-markdown.ts';
import { findReferences } from '../text/image-references.ts';
import { oneLine } from '../text/one-line.ts';

/** The form in which an answer is inserted into a note. */
export type AnswerForm = 'plain' | 'quote' | 'callout';

/**
 * Formats an answer as lines of a note. Text in an image may have influenced the model, so the answer must not load,
 * run, or link to anything else.
 * @param linkOf returns a link to an image by its number, in the syntax of the note, or text if no link is possible
 * @param images the number of images
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
