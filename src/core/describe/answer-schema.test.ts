import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod/mini';
import { Answer, ANSWER_SCHEMA, Comparison, COMPARISON_SCHEMA } from './answer-schema.ts';

test('generates the schema for servers from the one that validates answers', () => {
  // Compared as text because models follow the order of the fields, too.
  assert.equal(JSON.stringify(ANSWER_SCHEMA), JSON.stringify(z.toJSONSchema(Answer)));
  assert.equal(JSON.stringify(COMPARISON_SCHEMA), JSON.stringify(z.toJSONSchema(Comparison)));
});
