import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotesightError } from '../errors.ts';
import { detectLanguage } from '../language/detect-language.ts';
import { applyEdits } from '../markdown/text-edit.ts';
import type { ChatModel, ChatRequest } from '../model/chat-model.ts';
import { findImages } from '../note/find-images.ts';
import { findSections, sectionEdit } from '../note/managed-section.ts';
import { createVaultIndex } from '../note/resolve-image.ts';
import { estimateTokens } from '../text/tokens.ts';
import { summarizeNote, type SummarizePorts, type Summary, type SummaryEvent } from './summarize-note.ts';

const { signal } = new AbortController();
const FACTS = '{"line": "All about foxes.", "tags": ["fox", "FOX", "red fox", "2024"]}';
const index = createVaultIndex(['a.png', 'b.png']);

/** A model that streams its answers in pieces of a few characters and records its requests. */
function modelOf(
  summary: (request: ChatRequest) => string,
  facts = FACTS,
): ChatModel & { asked: ChatRequest[] } {
  const asked: ChatRequest[] = [];
  return {
    asked,
    async *chat(request, stop) {
      asked.push(request);
      await Promise.resolve();
      const answer = request.schema ? facts : summary(request);
      for (let at = 0; at < answer.length; at += 37) {
        stop.throwIfAborted();
        yield { text: answer.slice(at, at + 37), end: null };
      }
      yield { text: '', end: 'done' };
    },
  };
}

const describe: SummarizePorts['describe'] = (file) =>
  Promise.resolve({
    alt: `It is ${file}.`,
    description: 'More.',
    text: 'A ] B\nC',
    tags: [],
    decorative: false,
  });

async function summarize(
  markdown: string,
  chat: ChatModel,
  change: {
    ports?: Partial<SummarizePorts>;
    target?: string;
    contextLength?: number;
    language?: string;
  } = {},
): Promise<{ events: SummaryEvent[]; summary: Summary; streamed: string }> {
  const events: SummaryEvent[] = [];
  const options = {
    language: change.language ?? 'en',
    fallbackLanguage: 'en',
    level: 2,
    target: change.target ?? 'n.md',
    tags: ['Fox', 'old'],
  };
  const model = { chat, contextLength: change.contextLength ?? 4096 };
  const ports = { model, describe, index, detectLanguage, ...change.ports };
  for await (const event of summarizeNote({ path: 'n.md', markdown }, options, ports, signal))
    events.push(event);
  const last = events.at(-1);
  assert.ok(last?.type === 'summary');
  const streamed = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
  return { events, summary: last.summary, streamed };
}

test('describes an image in a data: URI without sending the URI in a prompt', async () => {
  const uri = `data:image/png;base64,${'A'.repeat(4000)}`;
  const chat = modelOf(() => 'All of it, see [1].');
  const note = `Text.\n\n![][image1]\n\n[other](${uri})\n\n![](Some%20note)\n\n[image1]: <${uri}>\n`;
  const { events, summary } = await summarize(note, chat);
  assert.deepEqual(
    events.flatMap((event) => (event.type === 'described' ? [event.images] : [])),
    [1],
  );
  const asked = JSON.stringify(chat.asked);
  assert.match(asked, /It is n\.md#data:image\/png, 3 kB/);
  assert.match(asked, /\[image1\]: <data:image\/png, 3 kB>/);
  assert.ok(!asked.includes('AAAA') && !summary.markdown.includes('AAAA'));
});

test('replaces each image by text in the prompt, and each citation by a link in the summary', async () => {
  const chat = modelOf(() => '# Foxes\nThey are **red** [1, 2] ![x](y.png).');
  const { summary, streamed, events } = await summarize(
    '---\nt: x\n---\n# T\n\none ![[a.png]] two ![](b.png) </note> three',
    chat,
  );
  const question = chat.asked[0]?.messages[1]?.content ?? '';
  assert.match(
    question,
    /one \[image 1: It is a\.png\. More\. Text in it: A \) B C\] two \[image 2: It is b\.png\./,
  );
  assert.equal(question.match(/<\/note>/g)?.length, 1, 'the note cannot end its fence');
  assert.ok(!question.includes('t: x'));
  assert.ok(chat.asked.every(({ messages }) => messages.every(({ images }) => images === undefined)));
  assert.equal(
    summary.markdown,
    '## Summary\n\n### Foxes\n\nThey are **red** [[a.png|image 1]], [image 2](b.png) x.',
  );
  assert.equal(streamed, '# Foxes\nThey are **red** [1, 2] ![x](y.png).');
  assert.deepEqual(summary.tags, ['Fox', 'old', 'red-fox']);
  assert.equal(summary.line, 'All about foxes.');
  assert.deepEqual(events.filter(({ type }) => type === 'described').length, 2);
});

test('leaves out the existing summary of the note', async () => {
  const note = applyEdits('# T\n\ntext', [sectionEdit('# T\n\ntext', 'OLD WORDS', 'top')]);
  const chat = modelOf(() => 'New words.');
  await summarize(note, chat);
  assert.ok(chat.asked.every(({ messages }) => !JSON.stringify(messages).includes('OLD WORDS')));
});

test('writes in the language of the note', async () => {
  const { summary } = await summarize(
    'Лиса рыжая и хитрая, она живёт в лесу. ![](a.png)',
    modelOf(() => 'Лиса [1].'),
    { language: 'auto' },
  );
  assert.equal(summary.markdown, '## Конспект\n\nЛиса [изображение 1](a.png).');
});

test('reports an image that cannot be described, and uses its alt text', async () => {
  const failing = () => Promise.reject(new NotesightError('image_unreadable', 'broken'));
  const chat = modelOf(() => 'Fine.');
  const { events } = await summarize('![A fox](a.png) ![](http://x.example/y.png)', chat, {
    ports: { describe: failing },
  });
  assert.deepEqual(
    events.map((event) => (event.type === 'described' ? event.error?.code : '')).filter(Boolean),
    ['image_unreadable'],
  );
  assert.match(chat.asked[0]?.messages[1]?.content ?? '', /\[image 1: A fox\] \[image 2: unknown\]/);
});

test('uses the first sentence and keeps the tags when the facts are unusable', async () => {
  const { summary } = await summarize(
    'text',
    modelOf(() => '## H\n- **Foxes** are red.', 'no json'),
  );
  assert.equal(summary.line, 'Foxes are red.');
  assert.deepEqual(summary.tags, ['Fox', 'old']);
});

test('fails without usable text, and keeps what came before a repetition', async () => {
  await assert.rejects(
    summarize(
      'text',
      modelOf(() => ' \n'),
    ),
    { code: 'answer_unusable' },
  );
  await assert.rejects(
    summarize(
      'text',
      modelOf(() => '<b></b><!-- only this -->'),
    ),
    { code: 'answer_unusable' },
  );
  await assert.rejects(
    summarize(
      'text',
      modelOf(() => 'na na '.repeat(500)),
    ),
    { code: 'model_looped' },
  );
  const { summary } = await summarize(
    'text',
    modelOf(() => `Foxes are red. ${'and so on '.repeat(500)}`),
  );
  assert.match(summary.markdown, /^## Summary\n\nFoxes are red\. (?:and so on ?)?$/);
});

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '<!-- /notesight:summary -->',
  '-->',
  '![[x.png]]',
  '![a](b.png)',
  '```',
  '%%',
  '[1',
  '$$',
  '[[',
  '**',
  '<think>',
  '| a |',
];

test('handles 100,000 hostile characters quickly, without images and within the section', async () => {
  for (const piece of HOSTILE) {
    const words = Array.from(
      { length: 100_000 / (piece.length + 8) },
      (_, at) => `${piece} w${(at * 7919) % 9973}`,
    );
    for (const separator of ['\n', ' ']) {
      const { summary } = await summarize(
        'text ![](a.png)',
        modelOf(() => `Words.\n${words.join(separator)}`),
      );
      assert.ok(summary.markdown.length < 150_000);
      const note = applyEdits('text ![](a.png)', [sectionEdit('text ![](a.png)', summary.markdown, 'top')]);
      assert.equal(findImages(note).length, 1, piece);
      assert.equal(findSections(note).length, 1, piece);
      assert.ok(note.endsWith('-->\n\ntext ![](a.png)'), piece);
    }
  }
});

test('reads up to 20,000 characters of an answer', async () => {
  const words = Array.from({ length: 12_000 }, (_, at) => `word${at * 7919}`).join(' ');
  const { summary } = await summarize(
    'text',
    modelOf(() => words),
  );
  assert.ok(
    summary.markdown.length > 19_000 && summary.markdown.length <= 20_100,
    `${summary.markdown.length}`,
  );
});

test('splits a long text into requests that fit the context', async () => {
  for (const word of ['word ', 'слово ', '学']) {
    const chat = modelOf(() => 'Words.');
    await summarize(word.repeat(20_000 / word.length), chat, { contextLength: 2048 });
    const sizes = chat.asked.map(
      ({ messages, maxTokens }) =>
        maxTokens + messages.reduce((sum, { content }) => sum + estimateTokens(content), 0),
    );
    assert.ok(Math.max(...sizes) <= 2048, `${Math.max(...sizes)} tokens`);
    assert.ok(chat.asked.length > 3);
  }
});

const paragraphs = fc.array(
  fc.oneof(
    fc.constantFrom('# A', '## B', '![[a.png]]', 'x ![](b.png) y'),
    fc.string({
      unit: fc.constantFrom('word ', 'слово ', '学', '🦊', '. ', '<note>'),
      minLength: 1,
      maxLength: 900,
    }),
  ),
  { maxLength: 30 },
);

test('reads each image and paragraph exactly once within the context', async () => {
  await fc.assert(
    fc.asyncProperty(paragraphs, fc.constantFrom(2048, 4096, 8192), async (blocks, contextLength) => {
      const words = blocks.map((block, at) => (block.startsWith('!') ? block : `${block} §${at}§`));
      // No marker in the title, which is part of every request.
      const markdown = ['# T', ...words].join('\n\n');
      let said = 0;
      const chat = modelOf(({ maxTokens }) =>
        '. '.repeat(maxTokens / 8).replace(/\./g, () => `Word ${said++} [1].`),
      );
      await summarize(markdown, chat, { contextLength });
      for (const { messages, maxTokens } of chat.asked) {
        const prompt = messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
        assert.ok(prompt + maxTokens <= contextLength, `${prompt} + ${maxTokens} > ${contextLength}`);
      }
      const read = chat.asked.map(({ messages }) => messages[1]?.content ?? '');
      const times = (mark: string) => read.reduce((sum, text) => sum + text.split(mark).length - 1, 0);
      for (const [number] of findImages(markdown).entries())
        assert.equal(times(`[image ${number + 1}: It is`), 1);
      for (const [at, block] of blocks.entries())
        if (!block.startsWith('!')) assert.equal(times(`§${at}§`), 1);
    }),
    { numRuns: 60 },
  );
});
