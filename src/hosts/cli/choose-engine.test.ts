import assert from 'node:assert/strict';
import { test } from 'node:test';
import { privacyNote } from './choose-engine.ts';

test('names only the servers on other networks', () => {
  const near = ['http://127.0.0.1:11434', 'http://192.168.1.5:11434', 'http://nas:11434'];
  const far = ['https://gateway.example:443/v1', 'http://8.8.8.8:11434'];
  assert.equal(privacyNote('images', near, false), '');
  assert.equal(
    privacyNote('images', [...near, ...far], false),
    ` Images leave your network: they are sent to ${far.join(', ')}.`,
  );
  assert.match(
    privacyNote('question', near, true),
    /^ Note text and images leave this machine: .* in the cloud\.$/,
  );
});
