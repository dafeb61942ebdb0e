import { streamAnswer, unusable } from '../answer/read-answer.ts';
import { NotesightError } from '../errors.ts';
import { splitNote } from '../markdown/split-note.ts';
import type { ChatMessage, ChatRequest } from '../model/chat-model.ts';
import type { ConversationModel } from '../model/conversation-model.ts';
import { cutToTokens } from '../text/cut-to-tokens.ts';
import { estimateTokens } from '../text/tokens.ts';
import { cleanSummary } from './clean-summary.ts';
import type { NoteText } from './note-text.ts';
import {
  FACTS_SCHEMA,
  factsPrompt,
  type SummaryFrame,
  summaryPrompt,
  type SummaryTask,
} from './summary-prompt.ts';

/** A model that writes summaries; it need not support images. */
export type Summarizer = Pick<ConversationModel, 'chat' | 'contextLength'>;

export type TextEvent =
  /** A part of a note that is too long for one request is about to be processed; parts count from 1. */
  | { readonly type: 'part'; readonly part: number; readonly parts: number }
  /** A raw piece of the answer. */
  | { readonly type: 'text'; readonly text: string }
  /** The text so far was the model's reasoning. */
  | { readonly type: 'restart' };

/** The longest answer, in tokens; with a short context, a quarter of it. */
const MAX_ANSWER = 1500;
const MAX_FACTS = 250;
/** Tokens that a server adds to the messages as turn markers. */
const MARKS = 32;
/** UTF-16 units of an answer that are read; a longer text is not a summary. */
const MAX_READ = 20_000;

/** @returns the number of tokens of text that fit in one request */
export function textBudget({ contextLength }: Summarizer, frame: SummaryFrame): number {
  const tasks: readonly SummaryTask[] = ['whole', 'part', 'merge'];
  const prompts = [...tasks.map((task) => summaryPrompt(task, '', frame)), factsPrompt('', frame)];
  const longest = Math.max(...prompts.map(tokensOf));
  const budget = contextLength - maxAnswer(contextLength) - longest - MARKS;
  if (budget < contextLength / 8) {
    throw new NotesightError('context_overflow', 'The context is too short for a summary.', {
      data: { nCtx: contextLength, nPromptTokens: longest },
    });
  }
  return budget;
}

/**
 * Summarizes a text: at once if it fits the model's context, otherwise in parts whose summaries are then merged.
 * @returns the whole answer of the model, without a preamble
 * @throws NotesightError `context_overflow` if not even a paragraph fits, `model_looped` or `answer_unusable` if
 * nothing usable came, and every code of the chat model
 */
export async function* summarizeText(
  model: Summarizer,
  note: NoteText,
  frame: SummaryFrame,
  signal: AbortSignal,
): AsyncGenerator<TextEvent, string> {
  const budget = textBudget(model, frame);
  const fits = (text: string) => estimateTokens(text) <= budget;
  // Each summary is at most a quarter of its part, so that the merges end however long the note is.
  const partTokens = Math.floor(budget / 8);

  let task: SummaryTask = 'whole';
  let { text, images } = note;
  for (;;) {
    const parts = splitNote(text, fits, images);
    if (parts.length <= 1) break;
    const summaries: string[] = [];
    for (const [index, part] of parts.entries()) {
      yield { type: 'part', part: index + 1, parts: parts.length };
      const maxTokens = Math.min(partTokens, maxAnswer(model.contextLength));
      const summary = await wholeOf(
        answer(model, { messages: summaryPrompt('part', part, frame), maxTokens }, signal),
      );
      summaries.push(cutToTokens(summary.trim(), partTokens - 1));
    }
    task = 'merge';
    text = summaries.join('\n\n');
    images = [];
  }
  const messages = summaryPrompt(task, text, frame);
  return yield* answer(model, { messages, maxTokens: maxAnswer(model.contextLength) }, signal);
}

/**
 * @returns the model's facts about a note's summary, as JSON if the model followed the schema; at most MAX_FACTS
 * tokens
 */
export async function askFacts(
  model: Summarizer,
  summary: string,
  frame: SummaryFrame,
  signal: AbortSignal,
): Promise<string> {
  const text = cutToTokens(summary, textBudget(model, frame));
  const request = { messages: factsPrompt(text, frame), maxTokens: MAX_FACTS, schema: FACTS_SCHEMA };
  return wholeOf(answer(model, request, signal));
}

function maxAnswer(contextLength: number): number {
  return Math.min(MAX_ANSWER, Math.floor(contextLength / 4));
}

function tokensOf(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
}

async function* answer(
  { chat }: Summarizer,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncGenerator<TextEvent, string> {
  let said = '';
  let why: NotesightError | null = null;
  for await (const { text, restarts, heard } of streamAnswer(chat, request, signal)) {
    if (restarts) {
      said = '';
      yield { type: 'restart' };
    }
    if (text !== '') yield { type: 'text', text };
    said = heard?.text ?? said + text;
    if (heard !== null) why = unusable(heard);
    if (said.length > MAX_READ) break;
  }
  const read = said.slice(0, MAX_READ);
  const answer = request.schema === undefined ? cleanSummary(read) : read;
  if (/\p{L}/u.test(answer)) return answer;
  throw why ?? new NotesightError('answer_unusable', 'The model gave no summary.');
}

async function wholeOf(events: AsyncGenerator<TextEvent, string>): Promise<string> {
  for (;;) {
    const { done, value } = await events.next();
    if (done === true) return value;
  }
}
