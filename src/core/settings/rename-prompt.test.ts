import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renamePrompt } from './rename-prompt.ts';

const folderRules = [{ folder: 'a', altPrompt: 'frames' }, { folder: 'b', altPrompt: '' }, { folder: 'c' }];

test('keeps a renamed prompt in use, everywhere and in folders', () => {
  assert.deepEqual(renamePrompt({ altPrompt: 'Frames', folderRules }, 'Frames', 'Borders'), {
    altPrompt: 'Borders',
    folderRules: [{ folder: 'a', altPrompt: 'Borders' }, { folder: 'b', altPrompt: '' }, { folder: 'c' }],
  });
});

test('keeps the standard prompt when a prompt without a name gets one', () => {
  const settings = { altPrompt: '', folderRules };
  assert.deepEqual(renamePrompt(settings, '', 'Borders'), settings);
});
