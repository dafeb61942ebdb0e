import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutTiles, type Tiles } from '../image/cut-tiles.ts';
import { createDetailSurvey } from './detail-survey.ts';
import type { FineDetail } from './fine-detail.ts';

const { signal } = new AbortController();
const page = cutTiles({ width: 200, height: 100 }, () => ({ width: 100, height: 100 }), 4);
const bytes = (tiles: number) => new Uint8Array([tiles]);

/** An image has fine print if its first byte is not 0. */
const byFirstByte: FineDetail = {
  tilesOf: (_print, [first]) => Promise.resolve<Tiles | null>(first === 0 ? null : page),
  costOf: ({ tiles }) => ({ images: 1, requests: tiles.length + 1, tokens: 0 }),
};

test('offers tiles with the time they take at the rate of the batch', async () => {
  const survey = createDetailSurvey(byFirstByte);
  survey.add('a', bytes(1), signal);
  survey.add('b', bytes(0), signal);
  for (const milliseconds of [1000, 3000]) survey.took(milliseconds);
  // Two tiles and the merge are three requests more than the two of the batch.
  assert.deepEqual(await survey.offer(1), { images: 1, factor: 2.5, milliseconds: 6000 });
  assert.equal((await survey.offer(2))?.milliseconds, 3000);
});

test('offers nothing when no image has fine print', async () => {
  const survey = createDetailSurvey(byFirstByte);
  survey.add('b', bytes(0), signal);
  survey.took(1000);
  assert.equal(await survey.offer(1), null);
});

test('offers nothing when nothing could be described', async () => {
  const survey = createDetailSurvey(byFirstByte);
  survey.add('a', bytes(1), signal);
  assert.equal(await survey.offer(1), null);
});
