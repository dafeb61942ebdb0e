import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotesightError } from '../errors.ts';
import { missingImage } from './missing-image.ts';

/** @param kept the only file in iCloud */
async function codeOf(target: string, note: string, kept: string): Promise<string> {
  const images = {
    read: (path: string) =>
      Promise.reject(
        new NotesightError(path === kept ? 'image_in_icloud' : 'image_missing', 'no', { data: { path } }),
      ),
  };
  const { code, data } = await missingImage(target, note, images, new AbortController().signal);
  return `${code} ${String(data['path'])}`;
}

test('finds an image in iCloud, relative to the note or to the vault', async () => {
  assert.equal(await codeOf('img/a%20b.png', 'n/a.md', 'n/img/a b.png'), 'image_in_icloud n/img/a b.png');
  assert.equal(await codeOf('./a.png', 'n/a.md', 'n/a.png'), 'image_in_icloud n/a.png');
  assert.equal(await codeOf('/img/a.png', 'n/a.md', 'img/a.png'), 'image_in_icloud img/a.png');
  assert.equal(await codeOf('a.png#x', 'a.md', 'a.png'), 'image_in_icloud a.png');
});

test('reports any other image as missing, spelled as in the note', async () => {
  assert.equal(await codeOf('img/100%.png', 'n/a.md', 'b.png'), 'image_missing img/100%.png');
});
