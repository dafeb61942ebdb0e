import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoppedEvent } from '../core/caption/caption-notes.ts';
import type { ImageResult } from '../core/caption/image-result.ts';
import { type ErrorCode, NotesightError } from '../core/errors.ts';
import type { ListedImage } from '../core/note/list-images.ts';
import { parseSettings } from '../core/settings/settings.ts';
import {
  captionCounts,
  captionNewImage,
  captionOutcome,
  copiedDescription,
  notExcluded,
  isReviewed,
  undoNewest,
} from './caption-actions.ts';
import type { Captioner, CaptionJob, JobEnd } from './captioner.ts';

const SETTINGS = parseSettings({});

function result(status: ImageResult['status'], over: Partial<ImageResult> = {}): ImageResult {
  return {
    ...{ note: 'n.md', embed: null, file: 'a.png', status, alt: 'A kite', engine: null, cached: false },
    ...{ incomplete: false, error: null, ...over },
  };
}

const failed = (code: ErrorCode) => result('failed', { error: new NotesightError(code, code) });
const end = (over: Partial<JobEnd>): JobEnd => ({
  ...{ results: [], stopped: false, offer: null, pause: null, ...over },
});
const PAUSE = { type: 'stopped', reason: 'server', error: new NotesightError('server_down', 'down') };

test('does not count skipped images without alt text as unchanged', () => {
  const results = [
    result('written', { incomplete: true }),
    result('kept'),
    result('kept', { alt: '' }),
    failed('server_error'),
    result('skipped'),
  ];
  assert.deepEqual(captionCounts(results), { written: 1, kept: 1, failed: 1, incomplete: 1 });
});

test('reports a pause instead of a stop, and an error only if nothing was written', () => {
  const kind = (over: Partial<JobEnd>) => captionOutcome(end(over)).kind;
  assert.equal(kind({ pause: PAUSE as unknown as StoppedEvent, stopped: true }), 'paused');
  assert.equal(kind({ stopped: true, results: [failed('server_error')] }), 'stopped');
  assert.equal(kind({ results: [failed('server_error')] }), 'failed');
  assert.equal(kind({ results: [failed('server_error'), result('written')] }), 'done');
  assert.equal(kind({}), 'done');
});

test('requires a review as the settings specify', () => {
  const asks = (review: 'always' | 'batches' | 'never') =>
    [1, 2].map((count) => isReviewed({ review }, count));
  assert.deepEqual(
    [asks('always'), asks('batches'), asks('never')],
    [
      [true, true],
      [false, true],
      [false, false],
    ],
  );
});

test('describes all images except excluded ones below them', () => {
  const image = (path: string) => ({ image: { kind: 'file', path } }) as unknown as ListedImage;
  const wanted = notExcluded({ leaveOut: ['private/**'], folderRules: [{ folder: 'Diary', exclude: true }] });
  assert.equal(wanted(image('a.png'), 'n.md'), true);
  assert.equal(wanted(image('private/a.png'), 'n.md'), false);
  assert.equal(wanted(image('a.png'), 'private/n.md'), false);
  assert.equal(wanted(image('Diary/a.png'), 'n.md'), false);
  assert.equal(wanted(image('a.png'), 'Diary/2025/n.md'), false);
});

/** A captioner whose runs fail with these errors in order, then succeed. */
function failing(...codes: ErrorCode[]): { captioner: Captioner; jobs: CaptionJob[] } {
  const jobs: CaptionJob[] = [];
  const captioner = {
    ports: { settings: () => SETTINGS },
    run: (job: CaptionJob) => {
      jobs.push(job);
      const code = codes.shift();
      return Promise.resolve(end({ results: [code === undefined ? result('written') : failed(code)] }));
    },
  } as unknown as Captioner;
  return { captioner, jobs };
}

test('retries a new image when its note or file was renamed, edited or moved', async () => {
  for (const code of ['embed_gone', 'note_missing', 'image_missing'] as const) {
    const { captioner, jobs } = failing(code);
    let note = 'old.md';
    const paths = () => ({ note, image: 'a.png' });
    const done = captionNewImage(captioner, paths);
    note = 'new.md';
    assert.equal(await done, 'done');
    assert.deepEqual(
      jobs.map(({ notes }) => notes[0]),
      ['old.md', 'new.md'],
      code,
    );
  }
});

test('stops retrying after three attempts, on other errors and when the image is gone', async () => {
  const there = () => ({ note: 'n.md', image: 'a.png' });
  const changing = failing('embed_gone', 'embed_gone', 'embed_gone');
  await assert.rejects(captionNewImage(changing.captioner, there), { code: 'embed_gone' });
  assert.equal(changing.jobs.length, 3);
  const unreadable = failing('image_unreadable');
  await assert.rejects(captionNewImage(unreadable.captioner, there), { code: 'image_unreadable' });
  assert.equal(unreadable.jobs.length, 1);
  assert.equal(await captionNewImage(failing('embed_gone').captioner, () => null), 'done');
});

test('undoes the newest batch of several vaults', async () => {
  const undone: string[] = [];
  const vault = (id: string | null) =>
    ({
      ports: {
        openVaultData: () =>
          Promise.resolve({ journal: { lastBatch: () => Promise.resolve(id === null ? null : { id }) } }),
      },
      undo: () => {
        undone.push(id ?? '');
        return Promise.resolve([]);
      },
    }) as unknown as Captioner;
  await undoNewest([vault('2026-01-01'), vault('2026-03-01'), vault(null), vault('2026-02-01')]);
  assert.deepEqual(undone, ['2026-03-01']);
  assert.equal(await undoNewest([vault(null)]), null);
});

test('copies the description and the text of an image', () => {
  const known = { alt: 'A kite', description: 'A red kite.', text: 'No swimming' };
  assert.equal(copiedDescription(known), 'A red kite.\n\nNo swimming');
  assert.equal(copiedDescription({ ...known, description: '', text: '' }), 'A kite');
});
