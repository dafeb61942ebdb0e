import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFromReviewPage } from './review-messages.ts';

const act = (name: string, ...args: readonly unknown[]) => parseFromReviewPage({ type: 'act', name, args });

test('accepts the actions of the page', () => {
  assert.deepEqual(parseFromReviewPage({ type: 'ready' }), { type: 'ready' });
  const accept = { type: 'act', name: 'accept', args: [[{ id: 'a', alt: 'A dodo' }]] };
  assert.deepEqual(parseFromReviewPage(accept), accept);
  assert.notEqual(act('edit', 'a', null), null);
  assert.notEqual(act('askAgain', ['a']), null);
  assert.notEqual(act('askAgain', ['a'], 'table'), null);
  assert.notEqual(act('describeWith', 'a'), null);
});

test('ignores unknown actions and wrong arguments', () => {
  assert.equal(act('toString'), null);
  assert.equal(act('skipAlways', 'a', 'never'), null);
  assert.equal(act('skip', 'a'), null);
  assert.equal(act('choose', -1, 0), null);
  assert.equal(parseFromReviewPage('ready'), null);
});

test('accepts no alt text that is blank or has several lines', () => {
  for (const alt of ['', ' \t', 'A dodo\n\n![](x.png)'])
    assert.equal(act('accept', [{ id: 'a', alt }]), null);
});
