import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { listImages } from '../src/core/note/list-images.ts';
import { createVaultIndex } from '../src/core/note/resolve-image.ts';
import { walkVault } from '../src/node/walk-vault.ts';

interface ExpectedImage {
  readonly syntax: string;
  readonly target: string;
  readonly alt: string;
  readonly size: string | null;
  readonly file: string | null;
}

const samples = fileURLToPath(new URL('../samples/', import.meta.url));
// Written manually from the syntax, independently of our parser.
const expected = JSON.parse(readFileSync(`${samples}expected-images.json`, 'utf8')) as Record<
  string,
  ExpectedImage[]
>;

/** Some file systems store a name in the other normal form; it is the same file. */
const composed = (file: string | null) => file?.normalize('NFC') ?? null;

for (const [note, images] of Object.entries(expected)) {
  test(`finds the images of the sample “${note}”`, async () => {
    const { files } = await walkVault(`${samples}vault`);
    const markdown = readFileSync(`${samples}vault/${note}`, 'utf8');
    const found = listImages(note, markdown, createVaultIndex(files)).map(({ embed, image }) => ({
      syntax: embed.syntax,
      target: embed.target,
      alt: embed.alt,
      size: embed.size,
      file: image.kind === 'file' ? composed(image.path) : null,
    }));
    assert.deepEqual(
      found,
      images.map((image) => ({ ...image, file: composed(image.file) })),
    );
  });
}

test('includes every note of the samples', async () => {
  const { notes } = await walkVault(`${samples}vault`);
  assert.deepEqual(
    notes.map((note) => note.normalize('NFC')),
    Object.keys(expected)
      .map((note) => note.normalize('NFC'))
      .sort(),
  );
});
