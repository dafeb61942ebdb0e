import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonExtent } from './json-extent.ts';

test('distinguishes complete JSON from JSON that was cut off', () => {
  const cases: [string, ReturnType<typeof jsonExtent>][] = [
    ['{"alt": "A kite", "tags": ["a", "b"], "more": {}}', 'closed'],
    ['Sure! Here it is:\n{"alt": "A kite"}', 'closed'],
    ['Sure! Here it is:\n{"alt": "A ki', 'open'],
    ['```json\n{"alt": "A kite"}\n```\nAnything else?', 'closed'],
    ['<think>{"alt"?</think>\n{"alt": "A kite"}', 'closed'],
    ['{"alt": "A kite", "tags": ["a",],}', 'closed'],
    [String.raw`{"alt": "says \"}\""}`, 'closed'],
    ['[{"alt": "A kite"}]', 'closed'],
    ['{"alt": "A } kite', 'open'],
    ['{"alt": "A kite", "tags": ["a"', 'open'],
    ['{"alt": "A kite", "tags": ["a"]', 'open'],
    ['<think>done</think>{"alt": "A kite"', 'open'],
    ['{', 'open'],
    [String.raw`{"alt": "A kite\ `.trimEnd(), 'open'],
    ['<think>{"alt"', 'open'],
    ['A red kite over a lake.', 'none'],
    ['<think>{"alt"?</think>A red kite over a lake.', 'none'],
    ['', 'none'],
  ];
  for (const [answer, extent] of cases) assert.equal(jsonExtent(answer), extent, answer);
});
