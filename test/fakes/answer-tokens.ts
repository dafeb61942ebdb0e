import { createHash } from 'node:crypto';

import { Calling, callsInWords, type FakeCall } from './calling.ts';
import type { ChatCall } from './chat-call.ts';
import type { Behavior, FakeModel } from './fake-ollama.ts';
import { isObject } from './is-object.ts';
import { asksForBoxes, pointOut } from './point-out.ts';

/** On the rendered path, more repetitions of a token silently end the stream. */
const MAX_SAME_TOKENS = 30;

/** @returns the tokens and the reason they end (null: the stream just ends), followed by calls of offered tools */
export async function answerTokens(
  model: FakeModel,
  call: ChatCall,
  behavior: Behavior | undefined,
  limit: number,
  rendered: boolean,
): Promise<{
  readonly tokens: readonly string[];
  readonly calls: readonly FakeCall[];
  readonly reason: 'stop' | 'length' | null;
}> {
  const tokens: string[] = [];
  const answer = behavior?.kind === 'loop' ? '' : await answerOf(model, call, behavior);
  const isCall = answer instanceof Calling && call.tools.length > 0;
  const calls = isCall ? answer.calls : [];
  const source = behavior?.kind === 'loop' ? loop(behavior) : tokenize(wordsOf(answer, isCall));
  let same = 0;
  for (const token of source) {
    if (tokens.length >= limit) return { tokens, calls, reason: 'length' };
    same = token === tokens.at(-1) ? same + 1 : 1;
    if (rendered && same > MAX_SAME_TOKENS) return { tokens, calls, reason: null };
    tokens.push(token);
  }
  return { tokens, calls, reason: 'stop' };
}

function* loop({ before, words }: { readonly before: string; readonly words: string }): Generator<string> {
  yield* tokenize(before);
  // Far above any limit: an endless stream would block a test that forgot to set one.
  for (let round = 0; round < 100_000; round++) yield* words.match(/\S*\s*/gu)?.filter(Boolean) ?? [];
}

function tokenize(text: string): string[] {
  return text.match(/[^]{1,4}/gu) ?? [];
}

async function answerOf(model: FakeModel, call: ChatCall, behavior: Behavior | undefined): Promise<unknown> {
  if (behavior?.kind === 'answer') return behavior.text;
  if (model.points !== undefined && asksForBoxes(call)) return JSON.stringify(pointOut(model.points, call));
  return model.answer ? await model.answer(call) : defaultAnswer(call);
}

function wordsOf(answer: unknown, isCall: boolean): string {
  if (answer instanceof Calling) return isCall ? answer.text : callsInWords(answer);
  return typeof answer === 'string' ? answer : JSON.stringify(answer);
}

/** The word for an image in the languages of the samples, by the language name in prompts. */
const TEST_IMAGE: readonly (readonly [string, string, string])[] = [
  ['Russian', 'Проверочное изображение с меткой', 'Никто на него не смотрел'],
  ['German', 'Ein Prüfbild mit dem Zeichen', 'Niemand hat es angesehen'],
  ['', 'A test image with the mark', 'Nobody looked at it'],
];

/** Identifies each image, so that tests can check which answer was written where. */
function defaultAnswer(call: ChatCall): unknown {
  const [image] = call.images;
  const mark = image ? createHash('sha256').update(image).digest('hex').slice(0, 8) : 'none';
  const question = call.messages.at(-1)?.content ?? '';
  const [, name, more] = TEST_IMAGE.find(([language]) => question.includes(language)) ?? ['', '', ''];
  const alt = `${name} ${mark}.`;
  if (!isObject(call.format)) return alt;
  return { alt, description: `${alt} ${more}.`, tags: ['test'], decorative: false, text: '' };
}
