import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatMessage, Tool } from '../model/chat-model.ts';
import { estimateTokens } from '../text/tokens.ts';
import type { AttachedText } from './attached-text.ts';
import { type Conversation, NEW_CONVERSATION, type Picture } from './conversation.ts';
import { messagesOf, type Plan, planRequest } from './plan-request.ts';

const picture = (image: number, tokens = 256): Picture => ({
  image,
  region: null,
  fingerprint: `print of ${image}`,
  tokens,
  size: null,
});
const bytesOf = ({ image }: Picture) => new Uint8Array([image % 256, image >> 8]);

interface Asked {
  readonly question: string;
  readonly note?: string;
  readonly attached?: readonly AttachedText[];
  readonly answer: string;
  readonly pictures: readonly Picture[];
  readonly wanted: number;
}

interface Talk {
  readonly contextLength: number;
  readonly words: readonly string[];
  readonly asked: readonly Asked[];
  readonly tools?: readonly Tool[];
}

/**
 * Plans the questions of a conversation one by one.
 * @returns the plan and messages for each
 */
function planAll({ contextLength, words, asked, tools = [] }: Talk) {
  const lines = words.map((text, index) => ({ image: index + 1, words: text }));
  const undescribed = new Set<number>();
  let conversation: Conversation = { ...NEW_CONVERSATION, files: words.map((_, index) => `${index}.png`) };
  return asked.map(({ question, note = '', attached = [], answer, pictures, wanted }) => {
    const before = conversation;
    const plan = planRequest({
      conversation,
      question,
      note,
      attached,
      lines,
      undescribed,
      pictures,
      wanted,
      contextLength,
      tools,
    });
    const messages = messagesOf(plan, before.turns, bytesOf);
    conversation = {
      ...conversation,
      preface: plan.preface,
      turns: [...before.turns, { ...plan.turn, answer, end: 'done', rounds: [], missing: [], time: null }],
    };
    return { plan, messages, before };
  });
}

/** The maximum cost of a request: text, pictures at their stated cost, and the overhead of each message. */
function cost(messages: readonly ChatMessage[], tokensOf: (image: Uint8Array) => number): number {
  return messages
    .map(({ content, images = [] }) => estimateTokens(content) + 12 + sum(images.map(tokensOf)))
    .reduce((a, b) => a + b, 0);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

const pictureTokens = 300;
const NOTE = '# Modalities\n\n[1]\n\nThe second slide [2] shows </note> cross-attention.';
const talk = fc
  .record({
    contextLength: fc.integer({ min: 2048, max: 16_384 }),
    words: fc.array(
      fc.oneof(
        fc.string({ maxLength: 60 }),
        fc.lorem({ maxCount: 60 }),
        fc.constant('Слайд о модальностях. '.repeat(20)),
      ),
      { minLength: 1, maxLength: 40 },
    ),
  })
  .chain(({ contextLength, words }) =>
    fc.record({
      contextLength: fc.constant(contextLength),
      words: fc.constant(words),
      asked: fc.array(
        fc.record({
          question: fc.oneof(fc.lorem({ maxCount: 20 }), fc.constant('Что на этой схеме?')),
          note: fc.oneof(fc.constant(''), fc.constant(NOTE), fc.lorem({ maxCount: 900 })),
          attached: fc.array(
            fc.record({
              name: fc.constantFrom(null, 'A "note"', 'B'),
              text: fc.oneof(fc.constant(''), fc.constant('a </other> b'), fc.lorem({ maxCount: 900 })),
            }),
            { maxLength: 3 },
          ),
          answer: fc.lorem({ maxCount: 250 }),
          pictures: fc
            .uniqueArray(fc.integer({ min: 1, max: words.length }), { maxLength: 6 })
            .map((images) => images.map((image) => picture(image, pictureTokens))),
          wanted: fc.integer({ min: 0, max: 3 }),
        }),
        { minLength: 1, maxLength: 12 },
      ),
    }),
  );

test('keeps every request with its answer within the context, at the planned cost', () => {
  fc.assert(
    fc.property(talk, (given) => {
      for (const { plan, messages } of planAll(given)) {
        const tokens = cost(messages, () => pictureTokens);
        assert.ok(tokens + plan.maxTokens <= given.contextLength, `${tokens} + ${plan.maxTokens}`);
        assert.ok(plan.tokens >= tokens && plan.tokens <= tokens + 24, `${plan.tokens} for ${tokens}`);
      }
    }),
  );
});

test('sends the newest turns in full and the older ones in short form', () => {
  fc.assert(
    fc.property(talk, (given) => {
      for (const { plan, messages, before } of planAll(given)) {
        const kept = before.turns.slice(plan.preface.start);
        assert.deepEqual(
          messages.filter(({ role }) => role === 'assistant').map(({ content }) => content),
          kept.map(({ answer }) => answer),
        );
        const users = messages.filter(({ role }) => role === 'user').map(({ content }) => content);
        assert.equal(users.length, kept.length + 1);
        for (const [index, turn] of kept.entries()) assert.ok(users[index]?.endsWith(turn.content));
        const earlier = /<earlier>\n([^]*?)\n<\/earlier>/.exec(plan.preface.content)?.[1];
        if (plan.preface.start > 0 && given.contextLength >= 8192) {
          assert.equal(earlier?.match(/^Question: /gm)?.length, plan.preface.start);
        }
      }
    }),
  );
});

test('sends every image as a picture or as text, or reports it as left out', () => {
  fc.assert(
    fc.property(talk, (given) => {
      for (const { plan, messages, before } of planAll(given)) {
        const text = messages.map(({ content }) => content).join('\n');
        const described = new Set([...text.matchAll(/^\[(\d+)\] /gm)].map(([, digits]) => Number(digits)));
        const sent = [...before.turns.slice(plan.preface.start), plan.turn];
        const shown = new Set(sent.flatMap(({ pictures }) => pictures.map(({ image }) => image)));
        const missing = given.words
          .map((_, index) => index + 1)
          .filter((image) => !described.has(image) && !shown.has(image));
        assert.deepEqual(missing, plan.left);
        if (given.contextLength >= 4096) assert.deepEqual(plan.left, []);
      }
    }),
  );
});

test('starts each request with the previous one and its answer unless older turns were dropped', () => {
  let goneOn = 0;
  fc.assert(
    fc.property(talk, (given) => {
      const requests = planAll(given);
      for (const [index, { plan, messages }] of requests.entries()) {
        const last = requests[index - 1];
        if (plan.preface !== last?.plan.preface) continue;
        goneOn++;
        const answer = { role: 'assistant', content: given.asked[index - 1]?.answer };
        assert.deepEqual(messages.slice(0, -1), [...last.messages, answer]);
      }
    }),
  );
  assert.ok(goneOn > 100, 'the rule was at work');
});

test('sends no picture and no text again when a follow-up question is about the same image', () => {
  const [, second] = planAll({
    contextLength: 8192,
    words: ['A lake', 'A chart of sales'],
    asked: [
      { question: 'What does the chart show?', answer: 'Sales [2].', pictures: [picture(2)], wanted: 0 },
      { question: 'And in May?', answer: '', pictures: [picture(2)], wanted: 1 },
    ],
  });
  assert.deepEqual(second?.messages.at(-1), { role: 'user', content: 'Question: And in May?' });
});

test('drops older turns for a picture that the question needs, but not for others', () => {
  const long = 'word '.repeat(700);
  const asked = (wanted: number): Asked[] => [
    { question: 'One?', answer: long, pictures: [picture(1, 300)], wanted: 0 },
    { question: 'Two?', answer: '', pictures: [picture(1, 300), picture(2, 700)], wanted },
  ];
  const plan = (wanted: number): Plan | undefined =>
    planAll({ contextLength: 3072, words: ['A', 'B'], asked: asked(wanted) })[1]?.plan;
  assert.deepEqual([plan(2)?.preface.start, plan(2)?.turn.pictures.map(({ image }) => image)], [1, [1, 2]]);
  assert.deepEqual([plan(0)?.preface.start, plan(0)?.turn.pictures], [0, []]);
});

test('reports a question that is too long', () => {
  assert.throws(
    () =>
      planAll({
        contextLength: 2048,
        words: ['A'],
        asked: [{ question: 'word '.repeat(2000), answer: '', pictures: [], wanted: 0 }],
      }),
    { code: 'question_too_long' },
  );
});

test('keeps the text of images and earlier turns from closing its fence', () => {
  const sent = planAll({
    contextLength: 2048,
    words: ['A'],
    asked: Array.from({ length: 8 }, () => ({
      question: 'Why </earlier>?',
      answer: `</earlier> ${'word '.repeat(120)}`,
      pictures: [],
      wanted: 0,
    })),
  });
  const content = sent.at(-1)?.plan.preface.content ?? '';
  assert.match(content, /<earlier>/);
  assert.equal(content.match(/<\/earlier>/g)?.length, 1);
});

/** Questions of one conversation, each with the text of the note as it was then. */
function planNotes(notes: readonly string[], contextLength = 8192): { plan: Plan; sent: string }[] {
  const asked = notes.map((note, index) => ({
    question: `Question ${index}`,
    note,
    answer: 'An answer.',
    pictures: [picture(1)],
    wanted: 1,
  }));
  return planAll({ contextLength, words: ['A slide', 'Another slide'], asked }).map(({ plan, messages }) => ({
    plan,
    sent: messages.map(({ content }) => content).join('\n'),
  }));
}

const occurrences = (text: string, part: string): number => text.split(part).length - 1;

test('sends the text of the note once, and again only when it has changed', () => {
  const changed = `${NOTE}\n\nA new sentence.`;
  const [first, same, edited, after] = planNotes([NOTE, NOTE, changed, changed]);
  assert.ok(first && same && edited && after);
  assert.match(
    first.plan.preface.content,
    /^<note>\n# Modalities\n\n\[1\][^]*‹\/note>[^]*\n<\/note>\n<images>/,
  );
  assert.equal(same.plan.turn.content.startsWith('Question'), true);
  assert.equal(occurrences(same.sent, 'cross-attention'), 1);
  assert.match(edited.plan.turn.content, /^<note>\n# Modalities[^]*A new sentence\.\n<\/note>\n/);
  assert.equal(occurrences(after.sent, 'A new sentence.'), 1);
});

test('no longer sends the text of a note that the user leaves out', () => {
  const changed = `${NOTE}\n\nA new sentence.`;
  for (const notes of [
    [NOTE, ''],
    [NOTE, changed, ''],
    ['', NOTE, ''],
  ]) {
    const last = planNotes(notes).at(-1);
    assert.equal(occurrences(last?.sent ?? '', 'cross-attention'), 0, JSON.stringify(notes));
    assert.match(last?.sent ?? '', /Question 0/);
  }
});

test('cuts a long note to a quarter of the room and keeps the picture that was asked for', () => {
  const long = 'Word and word again. '.repeat(20_000);
  for (const contextLength of [2048, 4096, 32_768]) {
    const [first, second] = planNotes([long, `${long}!`], contextLength);
    assert.ok(first && second);
    assert.equal(first.plan.turn.pictures.length, 1);
    const note = /<note>\n[^]*\n<\/note>\n/.exec(first.plan.preface.content)?.[0] ?? '';
    assert.ok(estimateTokens(note) <= contextLength / 4 && note.length > contextLength / 4, `${note.length}`);
    // What changed is beyond the cut.
    assert.equal(occurrences(second.sent, '<note>\n'), 1);
  }
});

/** The new text of each question of one conversation, each with the selection and other notes. */
function planAttached(all: readonly (readonly AttachedText[])[]): string[] {
  const asked = all.map((attached) => ({
    question: 'Why?',
    attached,
    answer: 'So.',
    pictures: [],
    wanted: 0,
  }));
  return planAll({ contextLength: 8192, words: ['A'], asked }).map(({ plan }) => plan.turn.content);
}

test('sends the selection and other notes once, and again only when they have changed', () => {
  const selection = { name: null, text: 'Some words.' };
  const other = { name: 'Other "note"', text: 'Its text </other>' };
  const [first, same, edited, back] = planAttached([
    [selection, other],
    [selection, other],
    [{ ...selection, text: 'Other words.' }, other],
    [selection],
  ]);
  assert.equal(
    first,
    '<selection>\nSome words.\n</selection>\n' +
      `<other name="Other 'note'">\nIts text ‹/other>\n</other>\nQuestion: Why?`,
  );
  assert.equal(same, 'Question: Why?');
  assert.equal(edited, '<selection>\nOther words.\n</selection>\nQuestion: Why?');
  assert.equal(back, '<selection>\nSome words.\n</selection>\nQuestion: Why?');
});

test('cuts a long note so that a short selection stays whole', () => {
  const [content] = planAttached([
    [
      { name: 'Long', text: 'word '.repeat(9000) },
      { name: null, text: 'A short selection.' },
    ],
  ]);
  assert.match(
    content ?? '',
    /<other name="Long">\nword [^<]*…\n<\/other>\n<selection>\nA short selection\.\n/,
  );
});
