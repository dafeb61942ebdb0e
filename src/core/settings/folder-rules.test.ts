import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createFolderExclude,
  foldersWith,
  nearestFolder,
  renameFolder,
  settingsFor,
} from './folder-rules.ts';
import { type FolderRule, parseSettings } from './settings.ts';

const GENERAL = { language: 'fr', style: 'alt', altPrompt: 'accessible' };

function languageIn(note: string, ...folderRules: FolderRule[]): string {
  return settingsFor(parseSettings({ ...GENERAL, folderRules }), note).language;
}

test('uses the general settings for a note outside of every folder with a rule', () => {
  const settings = parseSettings({ ...GENERAL, folderRules: [{ folder: 'Lectures', language: 'de' }] });
  assert.deepEqual(settingsFor(settings, 'Other/n.md'), settings);
  assert.deepEqual(settingsFor(settings, 'Lectures.md'), settings);
});

test('takes each setting from the nearest folder that sets it', () => {
  const folderRules = [
    { folder: 'Lectures/Physics', altPrompt: '', language: 'en' },
    { folder: 'Lectures', language: 'de', style: 'below' },
  ];
  const settings = parseSettings({ ...GENERAL, folderRules });
  const { language, style, altPrompt } = settingsFor(settings, 'Lectures/Physics/2025/n.md');
  assert.deepEqual({ language, style, altPrompt }, { language: 'en', style: 'below', altPrompt: '' });
  const parent = settingsFor(settings, 'Lectures/n.md');
  assert.deepEqual([parent.language, parent.style, parent.altPrompt], ['de', 'below', 'accessible']);
});

test('does not apply a rule to a folder whose name only begins the same', () => {
  assert.equal(languageIn('ab/n.md', { folder: 'a', language: 'de' }), 'fr');
  assert.equal(languageIn('b/a/n.md', { folder: 'a', language: 'de' }), 'fr');
});

test('finds a folder in another case and Unicode form', () => {
  assert.equal(languageIn('lectures/n.md', { folder: 'Lectures', language: 'de' }), 'de');
  assert.equal(languageIn('Übung/n.md'.normalize('NFD'), { folder: 'Übung', language: 'de' }), 'de');
  assert.equal(languageIn('Übung/n.md', { folder: 'Übung'.normalize('NFD'), language: 'de' }), 'de');
});

test('finds a folder written with a trailing slash or backslashes', () => {
  assert.equal(languageIn('a/b/n.md', { folder: 'a\\b\\', language: 'de' }), 'de');
  assert.equal(languageIn('a/b/n.md', { folder: '/a/b/', language: 'de' }), 'de');
});

test('uses the later of two rules for one folder', () => {
  assert.equal(languageIn('a/n.md', { folder: 'a', language: 'de' }, { folder: 'A', language: 'it' }), 'it');
});

test('includes a folder again inside an excluded one', () => {
  const isExcluded = createFolderExclude([
    { folder: 'Journal/Public', exclude: false },
    { folder: 'Journal', exclude: true },
    { folder: 'Journal/2025', language: 'de' },
  ]);
  assert.equal(isExcluded('Journal/n.md'), true);
  assert.equal(isExcluded('Journal/2025/n.md'), true);
  assert.equal(isExcluded('Journal/Public/n.md'), false);
  assert.equal(isExcluded('n.md'), false);
});

test('lists the folders in which a setting differs', () => {
  const rules = [{ folder: 'a', altPrompt: '' }, { folder: 'b', style: 'below' as const }, { folder: 'c' }];
  assert.deepEqual(foldersWith(rules, 'altPrompt'), ['a']);
  assert.deepEqual(foldersWith(rules, 'exclude'), []);
});

test('finds the nearest folder that changes how images are described or written', () => {
  const rules = [{ folder: 'a', altPrompt: '' }, { folder: 'a/b', exclude: false }, { folder: 'c' }];
  assert.equal(nearestFolder(rules, 'a/b/n.md'), 'a');
  assert.equal(nearestFolder(rules, 'c/n.md'), undefined);
});

test('moves the rules of a renamed folder and its subfolders', () => {
  const rules = [{ folder: 'A/b', language: 'de' }, { folder: 'A/b/c' }, { folder: 'A/bc' }, { folder: 'A' }];
  const folders = renameFolder(rules, 'A/b', 'Z').map(({ folder }) => folder);
  assert.deepEqual(folders, ['Z', 'Z/c', 'A/bc', 'A']);
  assert.equal(renameFolder(rules, 'A/b/n.md', 'A/b/m.md'), rules);
});
