import type { SentQuestion } from '../../core/ask/sent-question.ts';
import { imageName } from '../../core/note/inline-source.ts';
import type { EditorWords } from '../messages/editor-en.ts';

/** What the model got with a question, as text to read. */
export function sentText(
  { pictures, text, textTokens, earlier }: SentQuestion,
  words: EditorWords['sent'],
): string {
  const lines = pictures.map(({ image, file, region, size, tokens }) =>
    [
      `[${image}] ${imageName(file)}`,
      ...(region === null ? [] : [words.region(region)]),
      ...(size === null ? [] : [words.size(size)]),
      words.tokens(tokens),
    ].join(', '),
  );
  return [
    ...(earlier > 0 ? [words.earlier(earlier), ''] : []),
    ...(lines.length > 0 ? [words.pictures, ...lines, ''] : []),
    `${words.text} (${words.tokens(textTokens)})`,
    text,
  ].join('\n');
}
