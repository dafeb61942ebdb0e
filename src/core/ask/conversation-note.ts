import { escapeMarkdown } from '../markdown/escape-markdown.ts';
import { sliceText } from '../text/slice-text.ts';
import { oneLine } from '../text/one-line.ts';
import { type Conversation, isAnswered } from './conversation.ts';
import { insertableAnswer } from './insertable-answer.ts';

/**
 * A conversation as the text of a note: each question is a heading, followed by its answer. Unanswered questions are
 * left out.
 * @param linkOf returns a link to an image by its number, or text if no link is possible
 */
export function conversationNote(
  { turns, files }: Conversation,
  source: string,
  linkOf: (image: number) => string,
): string {
  const answered = turns
    .filter(isAnswered)
    .flatMap((turn) => [
      '',
      `## ${escapeMarkdown(oneLine(turn.question))}`,
      '',
      ...insertableAnswer(turn, 'plain', files.length, linkOf),
    ]);
  return [source, ...answered, ''].join('\n');
}

/** UTF-16 units; leaves room for a folder in systems that limit paths to 260. */
const MAX_NAME = 80;

/** A file name without extension that every system and wiki link accepts; '' if nothing of the title remains. */
export function fileNameOf(title: string): string {
  const name = title.replace(/[\\/:*?"<>|#^[\]\p{Cc}]/gu, ' ').replace(/\s+/g, ' ');
  return sliceText(name, MAX_NAME).replace(/^[. ]+|[. ]+$/g, '');
}
