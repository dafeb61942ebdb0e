import type { AnswerTime } from '../../core/ask/conversation.ts';
import type { SentQuestion } from '../../core/ask/sent-question.ts';
import { imageName } from '../../core/note/inline-source.ts';
import type { EditorWords } from '../messages/editor-en.ts';

/** What the model got with a question, as text to read. */
export function sentText(
  { pictures, text, textTokens, earlier, time }: SentQuestion,
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
    ...(time === null ? [] : [timeText(time, words), '']),
    ...(earlier > 0 ? [words.earlier(earlier), ''] : []),
    ...(lines.length > 0 ? [words.pictures, ...lines, ''] : []),
    `${words.text} (${words.tokens(textTokens)})`,
    text,
  ].join('\n');
}

function timeText({ milliseconds, generated }: AnswerTime, words: EditorWords['sent']): string {
  const parts = [words.seconds(milliseconds / 1000)];
  if (generated !== null) {
    parts.push(words.generated(generated.tokens));
    if (generated.milliseconds !== null)
      parts.push(words.perSecond((generated.tokens / generated.milliseconds) * 1000));
  }
  return parts.join(', ');
}
