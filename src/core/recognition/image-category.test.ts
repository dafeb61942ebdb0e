import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FittedImage } from '../ports.ts';
import { imageCategory } from './image-category.ts';

function sort(
  text: readonly string[],
  more: Partial<FittedImage> & { readonly heights?: readonly number[]; readonly hasThings?: boolean } = {},
) {
  const { heights = [], hasThings = false, ...rest } = more;
  const image: FittedImage = {
    bytes: new Uint8Array(),
    type: 'image/png',
    width: 1600,
    height: 900,
    ...rest,
  };
  const lines = text.map((line, index) => ({
    height: heights[index] ?? 20,
    words: line.split(' ').map((word) => ({ text: word, confidence: 90 })),
  }));
  return imageCategory(image, lines, text, hasThings);
}

test('recognizes a slide by its shape and heading', () => {
  const text = ['Learning rate', 'Start small'];
  assert.equal(sort(text, { heights: [60, 36] }), 'slide');
  assert.equal(sort(text, { heights: [60, 36], width: 1200 }), 'slide');
  assert.equal(sort(text, { heights: [60, 36], width: 1000 }), 'text');
  assert.equal(sort(text, { heights: [30, 20] }), 'text');
  assert.equal(sort(['Learning rate'], { heights: [60] }), 'text');
  assert.equal(sort(text, { heights: [60, 36], hasThings: true }), 'slide');
});

test('recognizes a chart by labels and numbers', () => {
  const axis = ['Loss', '2.0', '1.5', '1.0', '0 2 4', 'Epoch'];
  assert.equal(sort(axis), 'chart');
  assert.equal(sort(['Downloads', '$10', '20%', '-5', '1,000', '3k', '12:35']), 'chart');
  assert.equal(sort(['Dresden Hbf 10:35 11:40', 'Leipzig Hbf 12:35 13:40']), 'text');
  assert.equal(sort(['in 2019 and 2020 there were 15 of 18 and 20 of 21']), 'text');
});

test('treats an image with objects as a photo, with or without text', () => {
  assert.equal(sort([], { hasThings: true }), 'photo');
  assert.equal(sort(['Stop'], { hasThings: true }), 'photo');
  assert.equal(sort(['Stop']), 'text');
});
