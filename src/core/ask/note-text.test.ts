import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectLanguage } from '../language/detect-language.ts';
import { createVaultIndex } from '../note/resolve-image.ts';
import { noteImages } from './note-images.ts';
import { noteText } from './note-text.ts';

const index = createVaultIndex(['note.md', 'a.png', 'b.png']);

function textOf(
  markdown: string,
  numbers: Readonly<Record<string, number>> = { 'a.png': 1, 'b.png': 2 },
): string {
  const options = { language: 'auto', fallbackLanguage: 'en', remote: false };
  const images = noteImages({ path: 'note.md', markdown }, options, { index, detectLanguage });
  return noteText(markdown, images, (file) => numbers[file] ?? 0);
}

test('puts the numbers of the images where they stand, in every syntax and each time', () => {
  assert.equal(
    textOf('# Title\n\n![[a.png|alt|100]]\n\nSee ![b](b.png "t") and <img src="a.png">.'),
    '# Title\n\n[1]\n\nSee [2] and [1].',
  );
});

test('leaves out frontmatter, and keeps what has no number', () => {
  assert.equal(
    textOf('---\ntitle: T\n---\n\n\n\nText ![[gone.png]]\r\n\n\n\nEnd'),
    'Text ![[gone.png]]\r\n\nEnd',
  );
  assert.equal(textOf('![[a.png]] ![[b.png]]', { 'b.png': 2 }), '![[a.png]] [2]');
});

test('does not mistake code for images', () => {
  assert.equal(textOf('`![[a.png]]` ![[a.png]]'), '`![[a.png]]` [1]');
});
