import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImageResult } from '../core/caption/image-result.ts';
import { NotesightError } from '../core/errors.ts';
import { type ListedImage, listImages } from '../core/note/list-images.ts';
import { createVaultIndex } from '../core/note/resolve-image.ts';
import { failedImages, failedTargets, reportText } from './batch-report.ts';

const MARKDOWN = '![](a.png)\n\n![](b.png)\n\n![A cat](a.png)\n';
const listed = listImages('n.md', MARKDOWN, createVaultIndex(['a.png', 'b.png']));
const needsText = ({ altProblem }: ListedImage) => altProblem !== null;
const explain = ({ code }: NotesightError) => ({ message: `${code}.`, advice: 'Do it.' });

function result(at: number, status: ImageResult['status']): ImageResult {
  const embed = listed[at]?.embed ?? null;
  const error = status === 'failed' ? new NotesightError('image_unreadable', 'torn') : null;
  const file = embed?.target ?? null;
  return {
    ...{ note: 'n.md', embed, file, status, alt: '', engine: null },
    ...{ cached: false, incomplete: false, error },
  };
}

test('lists failed images with their reasons', () => {
  const failed = failedImages([result(0, 'failed'), result(1, 'written'), result(9, 'failed')], explain);
  assert.deepEqual(
    failed.map(({ note, image, from }) => [note, image, from]),
    [
      ['n.md', 'a.png', 0],
      ['n.md', '', 0],
    ],
  );
  assert.equal(
    reportText(failed),
    '- n.md: a.png: image_unreadable. Do it.\n- n.md: image_unreadable. Do it.',
  );
});

test('retries only images that failed and are still wanted', () => {
  const { notes, wanted } = failedTargets([result(0, 'failed'), result(1, 'written')], needsText);
  assert.deepEqual(notes, ['n.md']);
  assert.deepEqual(
    listed.map((image) => wanted(image, 'n.md')),
    [true, false, false],
  );
  assert.equal(
    listed.some((image) => wanted(image, 'other.md')),
    false,
  );
});

test('retries all images of a note that could not be read', () => {
  const { wanted } = failedTargets([result(9, 'failed')], needsText);
  assert.deepEqual(
    listed.map((image) => wanted(image, 'n.md')),
    [true, true, false],
  );
});
