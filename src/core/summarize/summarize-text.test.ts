import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatRequest } from '../model/chat-model.ts';
import { estimateTokens } from '../text/tokens.ts';
import { type Summarizer, summarizeText, type TextEvent } from './summarize-text.ts';

/** A model whose answers are as long as allowed. */
function wordy(contextLength: number): { readonly model: Summarizer; readonly requests: ChatRequest[] } {
  const requests: ChatRequest[] = [];
  return {
    requests,
    model: {
      contextLength,
      chat: {
        async *chat(request) {
          requests.push(request);
          const words = Array.from({ length: request.maxTokens }, (_, at) => `w${at.toString(36)} `).join('');
          yield await Promise.resolve({ text: words, end: null });
          yield { text: '', end: 'length' };
        },
      },
    },
  };
}

async function run(model: Summarizer, text: string): Promise<{ events: TextEvent[]; summary: string }> {
  const events: TextEvent[] = [];
  const frame = { title: 'Note', language: 'en' };
  const steps = summarizeText(model, { text, images: [] }, frame, new AbortController().signal);
  for (;;) {
    const { done, value } = await steps.next();
    if (done === true) return { events, summary: value };
    events.push(value);
  }
}

test('keeps every request with its answer within the context, however long the note', async () => {
  const paragraph = fc.oneof(
    fc.lorem({ maxCount: 120 }),
    fc.constant('Слово '.repeat(300)),
    fc.constant('長い文章。'.repeat(200)),
    fc.constant(`## Heading\n\n${'x'.repeat(3000)}`),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2048, max: 8192 }),
      fc.array(paragraph, { minLength: 1, maxLength: 40 }),
      async (contextLength, paragraphs) => {
        const { model, requests } = wordy(contextLength);
        await run(model, paragraphs.join('\n\n'));
        for (const { messages, maxTokens } of requests) {
          const tokens = messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
          assert.ok(tokens + maxTokens <= contextLength, `${tokens} + ${maxTokens} of ${contextLength}`);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('summarizes a short text at once, and a long one in numbered parts', async () => {
  const short = wordy(8192);
  assert.deepEqual(
    (await run(short.model, 'A note.')).events.map(({ type }) => type),
    ['text'],
  );
  const long = wordy(2048);
  const { events, summary } = await run(long.model, 'A paragraph of a long note.\n\n'.repeat(400));
  const parts = events.flatMap((event) => (event.type === 'part' ? [event] : []));
  assert.deepEqual(
    parts.slice(0, 2).map(({ part }) => part),
    [1, 2],
  );
  assert.ok(parts.every(({ part, parts: all }) => part <= all));
  assert.match(summary, /^w0 w1 /);
});
