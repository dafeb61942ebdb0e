import { readAnswer, type Answered, unusable } from '../answer/read-answer.ts';
import { isCancelled, NotesightError } from '../errors.ts';
import type { ChatModel } from '../model/chat-model.ts';
import type { Description } from '../model/image-description.ts';
import type { DetectLanguage } from '../ports.ts';
import { altFault, type AltFault } from './alt-text-fault.ts';
import { ANSWER_SCHEMA, COMPARISON_SCHEMA } from './answer-schema.ts';
import { cleanAltText } from './clean-alt-text.ts';
import { cleanDescription, cleanImageText } from './clean-description.ts';
import { cleanTags } from './clean-tags.ts';
import {
  type AnswerForm,
  type AnswerRequest,
  type Complaint,
  describePrompt,
  type Question,
} from './describe-prompt.ts';
import { markDisagreements } from './mark-disagreements.ts';
import { parseAnswer } from './parse-answer.ts';
import { isWrongLanguage } from './wrong-language.ts';

/** The longest answers, in tokens: the first one has room for a page of text in the image. */
export const MAX_ANSWER_TOKENS: Readonly<Record<AnswerForm, number>> = { json: 1500, plain: 150 };

/**
 * Asks a model about an image, with JSON as the answer. If the answer is unusable, asks once more for a plain
 * sentence; if it is in the wrong language, asks once more and says so.
 * @returns with `wrongLanguage` if that did not help
 * @throws NotesightError `model_looped` or `answer_unusable` if nothing usable came, and every code of the chat model
 */
export async function describeImage(
  chat: ChatModel,
  question: Question,
  detectLanguage: DetectLanguage,
  signal: AbortSignal,
): Promise<Description> {
  const isWrong = ({ alt, description }: Description) =>
    // The user may ask for another language.
    question.task.kind !== 'refine' &&
    isWrongLanguage(`${alt} ${description}`, question.context.language, detectLanguage);
  const first = await ask(chat, question, null, signal);
  if (!isWrong(first)) return first;
  try {
    const second = await ask(chat, question, 'wrong_language', signal);
    return isWrong(second) ? { ...second, wrongLanguage: true } : second;
  } catch (error) {
    // A description in the wrong language is better than none, even if the longer request does not fit the context.
    if (isCancelled(error) || !(error instanceof NotesightError)) throw error;
    return { ...first, wrongLanguage: true };
  }
}

async function ask(
  chat: ChatModel,
  question: Question,
  complaint: Complaint,
  signal: AbortSignal,
): Promise<Description> {
  const json = await answer(chat, question, { form: 'json', complaint }, signal);
  const first = read(json.text, 'json', question);
  if (first.fault === null) return first.description;
  // A model that gets no image would make one up, and one that only reasons was retried already. A plain sentence
  // about the image is no use for a tile or a comparison.
  const isFinal = first.fault === 'blind' || json.onlyReasoned || question.task.kind !== 'whole';
  if (isFinal) throw failure(first.fault, json);
  const plain = await answer(chat, question, { form: 'plain', complaint }, signal);
  const second = read(plain.text, 'plain', question);
  const { text } = first.description;
  if (second.fault === null) return { ...second.description, text: second.description.text || text };
  throw failure(second.fault, plain);
}

/** A fence that contains code, not text. */
const CODE = /```(?!(?:text|markdown|md|plaintext)\b)[a-z]+\s*\n/i;

interface Read {
  readonly description: Description;
  /** Why it can't be used; null if it is good. */
  readonly fault: AltFault | null;
}

/** Reads an answer. If JSON was requested, a plain sentence is not accepted; if a sentence was requested, JSON is. */
function read(text: string, form: AnswerForm, { context: { language, fileName = '' } }: Question): Read {
  const parsed = parseAnswer(text);
  const said = parsed?.alt ?? text;
  const alt = cleanAltText(said, language);
  const fault = CODE.test(said) ? 'code' : altFault(alt, fileName);
  const description: Description = {
    alt,
    description: markDisagreements(
      cleanDescription(parsed?.description ?? ''),
      parsed?.disagreements ?? [],
      language,
    ),
    text: cleanImageText(parsed?.text ?? ''),
    tags: cleanTags(parsed?.tags ?? []),
    decorative: parsed?.decorative ?? false,
  };
  if (parsed?.decorative === true && (alt === '' || fault === null || fault === 'placeholder')) {
    return { description: { ...description, alt: '' }, fault: null };
  }
  return { description, fault: fault ?? (parsed === null && form === 'json' ? 'code' : null) };
}

function failure(fault: AltFault, heard: Answered): NotesightError {
  if (fault !== 'blind' && fault !== 'refused') return unusable(heard);
  return new NotesightError('answer_unusable', `The model gave no answer: ${fault}.`, {
    data: { reason: fault },
  });
}

async function answer(
  chat: ChatModel,
  question: Question,
  request: AnswerRequest,
  signal: AbortSignal,
): Promise<Answered> {
  const { form } = request;
  const chatRequest = {
    messages: describePrompt(question, request),
    maxTokens: MAX_ANSWER_TOKENS[form],
    ...(form === 'json' && { schema: question.task.kind === 'compare' ? COMPARISON_SCHEMA : ANSWER_SCHEMA }),
  };
  return readAnswer(chat, chatRequest, signal);
}
