import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { AnswerFilter } from './answer-filter.ts';

interface Divided {
  readonly text: string;
  readonly thought: string;
}

/** Filters an answer that arrives in these pieces. */
function divide(pieces: readonly string[]): Divided {
  const filter = new AnswerFilter();
  let text = '';
  let thought = '';
  for (const filtered of [...pieces.map((piece) => filter.add(piece)), filter.end()]) {
    if (filtered.restarts) {
      thought += text;
      text = '';
    }
    text += filtered.text;
    thought += filtered.thought;
  }
  return { text, thought };
}

const inPieces = (raw: string, length: number): string[] =>
  raw.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? [];

/** Raw output, and the answer in it. */
const CASES: readonly (readonly [string, string])[] = [
  // Reasoning between markers.
  ['<think>\nThe user asks. It is red.\n</think>\n\nThe kite is red [1].', 'The kite is red [1].'],
  ['<think>\n\n</think>\n\nThe kite is red.', 'The kite is red.'],
  ['<thinking>Hm.</thinking>The kite is red.', 'The kite is red.'],
  ['<thought>A draft: "a bird".</thought>\nThe kite is red.', 'The kite is red.'],
  ['<THINK>Hm.</THINK>The kite is red.', 'The kite is red.'],
  ['◁think▷Let me look.◁/think▷The kite is red.', 'The kite is red.'],
  ['[THINK]Let me look.[/THINK]The kite is red.', 'The kite is red.'],
  ['<seed:think>Let me look.</seed:think>The kite is red.', 'The kite is red.'],
  ['<|channel>thought\nLet me look.<channel|>The kite is red.', 'The kite is red.'],
  ['<|channel>thought\n<channel|>The kite is red.', 'The kite is red.'],
  ['<unused94>thought\nLet me look.<unused95>The kite is red.', 'The kite is red.'],
  [
    '<|begin_of_thought|>Hm.<|end_of_thought|>\n<|begin_of_solution|>The kite is red.<|end_of_solution|>',
    'The kite is red.',
  ],
  [
    '<|channel|>analysis<|message|>The user wants a color.<|end|><|start|>assistant<|channel|>final<|message|>The kite is red.<|return|>',
    'The kite is red.',
  ],
  ['<think>First.</think>The kite <think>Is it?</think>is red.', 'The kite is red.'],
  // The opening marker was part of the prompt.
  [
    'Okay, the user asks about the kite. It is red.\n</think>\n\nThe kite is red [1].',
    'The kite is red [1].',
  ],
  ['Let me look. A kite.<channel|>The kite is red.', 'The kite is red.'],
  ['The sign reads:\n```\nred\n</think>\n\nThe kite is red.', 'The kite is red.'],
  ['It may be `red.\n\nSo it is red.</think>The kite is red.', 'The kite is red.'],
  ['I see a kite. <answer>The kite is red.</answer>', 'The kite is red.'],
  // The reasoning never ends, so there is no answer.
  ['<think>Okay, so I need to look at', ''],
  ['The kite is red.</think>', ''],
  // Control tokens.
  ['The kite is red.<|im_end|>', 'The kite is red.'],
  ['The kite is red.<end_of_turn>\n', 'The kite is red.\n'],
  ['The kite is red.<|eot_id|>', 'The kite is red.'],
  ['The kite is red.<｜end▁of▁sentence｜>', 'The kite is red.'],
  ['<s> The kite is red.</s>', 'The kite is red.'],
  ['The kite is red. [/INST]', 'The kite is red. '],
  ['The kite<0x0A>is<unused12> red.<turn|>', 'The kite\nis red.'],
  ['<|im_start|>assistant\nThe kite is red.', 'The kite is red.'],
  ['<image_soft_token> The kite is red.', 'The kite is red.'],
  // The model continues with the next turn.
  ['The kite is red.<|im_end|>\n<|im_start|>user\nAnd the lake?', 'The kite is red.\n'],
  ['The kite is red.<end_of_turn>\n<start_of_turn>user\nAnd the lake?', 'The kite is red.\n'],
  ['The kite is red.</s>[INST] And the lake? [/INST] Blue.', 'The kite is red.</s>'],
];

/** Answers without reasoning or control tokens, since their markers are part of the text. */
const KEPT = [
  'Use `<think>` and `</think>` around it.',
  'The code reads:\n\n```html\n<s>old</s> <b>new</b>\n```\n\nIt strikes the old price through.',
  'The template:\n```\n<|im_start|>user\n{prompt}<|im_end|>\n<think>\n...\n</think>\n```\nIt is that of Qwen.',
  'The slide shows ``a ` b <|im_end|>`` in code.',
  'It says a < b and c > d, [1] and [2, 3], 5 <6.',
  'Prices of <b>bold</b> and <s>old</s> items [1].',
  '~~Old~~ and ~new~ [1].',
];

test('extracts the answer from reasoning and control tokens of every family, however it is split', () => {
  for (const [raw, text] of CASES) {
    for (let length = 1; length <= raw.length; length++)
      assert.equal(divide(inPieces(raw, length)).text, text, `${length}: ${raw}`);
  }
});

test('keeps markers in code and other angle brackets', () => {
  for (const raw of KEPT) {
    for (let length = 1; length <= raw.length; length++)
      assert.equal(divide(inPieces(raw, length)).text, raw, `${length}: ${raw}`);
  }
});

test('returns the reasoning, since it may contain the answer', () => {
  assert.equal(divide(inPieces('<think>It is red.</think>Red.', 5)).thought, 'It is red.');
  assert.equal(divide(inPieces('It is red.</think>Red.', 5)).thought, 'It is red.');
});

test('changes a text without markers only by trimming its start', () => {
  const word = fc.constantFrom(
    'a',
    '<',
    '>',
    '[',
    ']',
    '`',
    '```',
    '\n',
    ' ',
    '|',
    '/',
    'think',
    's',
    '~~~',
    '1',
  );
  fc.assert(
    fc.property(fc.array(fc.array(word, { maxLength: 4 }), { maxLength: 12 }), (pieces) => {
      const raw = pieces.flat().join('');
      fc.pre(!/<\/?(?:think|s)>|<\||\|>/.test(raw));
      assert.equal(divide(pieces.map((piece) => piece.join(''))).text, raw.trimStart());
    }),
  );
});
