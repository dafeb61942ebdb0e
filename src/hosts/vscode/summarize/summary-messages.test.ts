import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFromSummaryPage } from './summary-messages.ts';

const act = (name: string, ...args: readonly unknown[]) => parseFromSummaryPage({ type: 'act', name, args });

test('accepts the actions of the page', () => {
  assert.notEqual(act('press', 'top'), null);
  assert.notEqual(act('openImage', 1), null);
  assert.notEqual(act('openLink', 'https://example.org'), null);
});

test('ignores unknown actions and wrong arguments', () => {
  assert.equal(act('write', 'top'), null);
  assert.equal(act('openImage', 0), null);
  assert.equal(act('openLink', 'command:workbench.action.quit'), null);
});
