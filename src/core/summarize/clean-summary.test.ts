import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cleanSummary } from './clean-summary.ts';

const SUMMARY = '### The lake\n\n- The **kite** is red [1]\n- It was windy';

test('removes what a model puts around a summary', () => {
  const cases = [
    SUMMARY,
    `Sure! Here is the summary of the note:\n\n${SUMMARY}`,
    `Вот краткое содержание текста:\n\n${SUMMARY}`,
    `\`\`\`markdown\n${SUMMARY}\n\`\`\``,
    JSON.stringify({ title: 'The lake', summary: SUMMARY }),
  ];
  for (const raw of cases) assert.equal(cleanSummary(raw), SUMMARY, raw);
});

test('keeps a summary that begins with a list or a quotation', () => {
  for (const text of ['- One: two\n- Three', '> "Here" is: a quotation', '[1] shows the text: a kite']) {
    assert.equal(cleanSummary(text), text);
  }
});

test('rejects a refusal', () => {
  for (const text of [
    "I'm sorry, but I can't assist with that request.",
    'Извините, я не могу помочь с этим.',
  ]) {
    assert.throws(() => cleanSummary(text), { code: 'answer_unusable' }, text);
  }
  assert.equal(cleanSummary('{"width": 64}'), '');
});
