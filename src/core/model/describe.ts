import { NotesightError } from '../errors.ts';
import type { DetectLanguage, FittedImage } from '../ports.ts';
import type { ChatModel } from './chat-model.ts';
import { cleanAltText } from './clean-alt-text.ts';
import { cleanTags } from './clean-tags.ts';
import { describePrompt, type AnswerForm } from './describe-prompt.ts';
import type { DescribeTask } from './describe-task.ts';
import { ANSWER_SCHEMA, COMPARISON_SCHEMA } from './description.ts';
import { markDisagreements } from './mark-disagreements.ts';
import { parseAnswer } from './parse-answer.ts';
import { RepetitionGuard } from './repetition-guard.ts';
import type { Description, ImageContext } from './vision-model.ts';
import { isWrongLanguage } from './wrong-language.ts';

/** The longest answers, in tokens: a page of text in the image fits into the first. */
export const MAX_ANSWER_TOKENS: Readonly<Record<AnswerForm, number>> = { json: 1500, plain: 150 };

type Complaint = 'wrong_language' | null;

/** What is asked about. */
export interface Question {
  readonly image: FittedImage;
  readonly context: ImageContext;
  readonly task: DescribeTask;
  /** What the user tells the model besides; '' for nothing. */
  readonly addition: string;
}

/**
 * Asks a model about an image: once, as JSON. Where that gives nothing to use it is asked once more for a
 * plain sentence, and where the answer is in another language once more with the complaint.
 * @throws NotesightError `model_looped` or `answer_unusable` where nothing came that can be used, and every code
 * of the chat model
 */
export async function describeImage(
  chat: ChatModel,
  question: Question,
  detectLanguage: DetectLanguage,
  signal: AbortSignal,
): Promise<Description> {
  const first = await ask(chat, question, null, signal);
  const words = `${first.alt} ${first.description}`;
  if (!isWrongLanguage(words, question.context.language, detectLanguage)) return first;
  try {
    return await ask(chat, question, 'wrong_language', signal);
  } catch (error) {
    // In another language it is still a description.
    if (error instanceof NotesightError && NOTHING_CAME.includes(error.code)) return first;
    throw error;
  }
}

const NOTHING_CAME: readonly string[] = ['model_looped', 'answer_unusable'];

async function ask(
  chat: ChatModel,
  question: Question,
  complaint: Complaint,
  signal: AbortSignal,
): Promise<Description> {
  const { language } = question.context;
  const json = await answer(chat, 'json', question, complaint, signal);
  const parsed = parseAnswer(json.text);
  const alt = cleanAltText(parsed?.alt ?? '', language);
  if (parsed && (alt !== '' || parsed.decorative)) {
    return {
      alt: parsed.decorative ? '' : alt,
      description: markDisagreements(parsed.description.trim(), parsed.disagreements ?? [], language),
      text: parsed.text.trim(),
      tags: cleanTags(parsed.tags),
      decorative: parsed.decorative,
    };
  }
  // A sentence about the image says nothing of a part, and compares nothing.
  if (question.task.kind !== 'whole') throw unusable(json.looped);
  const plain = await answer(chat, 'plain', question, complaint, signal);
  const sentence = cleanAltText(plain.text, language);
  if (/\p{L}/u.test(sentence)) {
    return { alt: sentence, description: '', text: '', tags: [], decorative: false };
  }
  throw unusable(plain.looped);
}

function unusable(looped: boolean): NotesightError {
  return looped
    ? new NotesightError('model_looped', 'The model repeats itself.')
    : new NotesightError('answer_unusable', 'The model gave no answer that can be used.');
}

async function answer(
  chat: ChatModel,
  form: AnswerForm,
  question: Question,
  complaint: Complaint,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly looped: boolean }> {
  const { image, context, task, addition } = question;
  const guard = new RepetitionGuard();
  const request = {
    messages: describePrompt(form, image.bytes, context, task, addition, complaint),
    maxTokens: MAX_ANSWER_TOKENS[form],
    ...(form === 'json' && { schema: task.kind === 'compare' ? COMPARISON_SCHEMA : ANSWER_SCHEMA }),
  };
  for await (const { text, end } of chat.chat(request, signal)) {
    if (!guard.add(text)) return { text: guard.text, looped: true };
    if (end === 'cut') {
      guard.end();
      return { text: guard.text, looped: true };
    }
  }
  return { text: guard.text, looped: false };
}
