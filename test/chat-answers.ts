import assert from 'node:assert/strict';
import { NotesightError } from '../src/core/errors.ts';
import type { ChatDelta, ChatModel, ChatRequest } from '../src/core/model/chat-model.ts';

export const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/** A question about an image. */
export const QUESTION: ChatRequest = {
  messages: [
    { role: 'system', content: 'You see.' },
    { role: 'user', content: 'What is this?', images: [PNG] },
  ],
  maxTokens: 100,
};

export interface WholeAnswer {
  readonly text: string;
  readonly end: ChatDelta['end'] | undefined;
}

/** The complete answer. */
export async function wholeAnswer(
  model: ChatModel,
  request = QUESTION,
  signal = new AbortController().signal,
): Promise<WholeAnswer> {
  let text = '';
  let end: ChatDelta['end'] | undefined;
  for await (const delta of model.chat(request, signal)) {
    text += delta.text;
    end = delta.end;
  }
  return { text, end };
}

/** The last part of an answer. */
export async function lastDelta(model: ChatModel): Promise<ChatDelta | undefined> {
  let last: ChatDelta | undefined;
  for await (const delta of model.chat(QUESTION, new AbortController().signal)) last = delta;
  return last;
}

/** The error that a call fails with. */
export async function failureOf(run: () => Promise<unknown>): Promise<NotesightError> {
  try {
    await run();
  } catch (error) {
    assert.ok(error instanceof NotesightError, String(error));
    return error;
  }
  return assert.fail('It did not fail.');
}
