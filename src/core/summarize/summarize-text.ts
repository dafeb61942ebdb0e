import { streamAnswer, unusable } from '../answer/read-answer.ts';
import { NotesightError } from '../errors.ts';
import { splitNote } from '../markdown/split-note.ts';
import type { ChatMessage } from '../model/chat-model.ts';
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

/** A model that writes summaries; whether it sees doesn't matter. */
export type Summarizer = Pick<ConversationModel, 'chat' | 'contextLength'>;

export type TextEvent =
  /** A part of a note that is too long for the model is about to be read; they count from 1. */
  | { readonly type: 'part'; readonly part: number; readonly parts: number }
  /** A piece of the answer, as the model gives it. */
  | { readonly type: 'text'; readonly text: string }
  /** What was said of the answer so far was the model's reasoning. */
  | { readonly type: 'restart' };

/** The longest answer in tokens; a model with a short context gets a quarter of it. */
const MAX_ANSWER = 1500;
const MAX_FACTS = 250;
/** What a server adds to the messages: marks of turns. */
const MARKS = 32;
/** UTF-16 units; what a model says beyond it is no summary, and is not read. */
const MAX_READ = 20_000;

/** @returns how many tokens of text go into one request */
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
 * Summarises a text: at once where it fits the model's context, else in parts and then their summaries together.
 * @returns the whole answer of the model, without what it says before the summary
 * @throws NotesightError `context_overflow` where not even a paragraph fits, `model_looped` or `answer_unusable`
 * where nothing came that can be used, and every code of the chat model
 */
export async function* summarizeText(
  model: Summarizer,
  note: NoteText,
  frame: SummaryFrame,
  signal: AbortSignal,
): AsyncGenerator<TextEvent, string> {
  const budget = textBudget(model, frame);
  const fits = (text: string) => estimateTokens(text) <= budget;
  // The summaries of the parts are at most a quarter of them, so that they come to fit however long the note is.
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
        answer(model, summaryPrompt('part', part, frame), maxTokens, undefined, signal),
      );
      summaries.push(cutToTokens(summary.trim(), partTokens - 1));
    }
    task = 'merge';
    text = summaries.join('\n\n');
    images = [];
  }
  const messages = summaryPrompt(task, text, frame);
  const summary = yield* answer(model, messages, maxAnswer(model.contextLength), undefined, signal);
  return summary;
}

/** @returns what the model says of a note's summary, as JSON if it kept to it; at most MAX_FACTS tokens */
export async function askFacts(
  model: Summarizer,
  summary: string,
  frame: SummaryFrame,
  signal: AbortSignal,
): Promise<string> {
  const text = cutToTokens(summary, textBudget(model, frame));
  return wholeOf(answer(model, factsPrompt(text, frame), MAX_FACTS, FACTS_SCHEMA, signal));
}

function maxAnswer(contextLength: number): number {
  return Math.min(MAX_ANSWER, Math.floor(contextLength / 4));
}

function tokensOf(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
}

async function* answer(
  { chat }: Summarizer,
  messages: readonly ChatMessage[],
  maxTokens: number,
  schema: object | undefined,
  signal: AbortSignal,
): AsyncGenerator<TextEvent, string> {
  const request = { messages, maxTokens, ...(schema && { schema }) };
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
  const answer = schema === undefined ? cleanSummary(said.slice(0, MAX_READ)) : said.slice(0, MAX_READ);
  if (/\p{L}/u.test(answer)) return answer;
  throw why ?? new NotesightError('answer_unusable', 'The model gave no summary.');
}

async function wholeOf(events: AsyncGenerator<TextEvent, string>): Promise<string> {
  for (;;) {
    const { done, value } = await events.next();
    if (done === true) return value;
  }
}
