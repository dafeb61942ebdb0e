import assert from 'node:assert/strict';
import { test } from 'node:test';
import { largeLetters, thinLine } from '../../../test/pages.ts';
import { createSharpCodec } from '../../node/sharp-codec.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { MeasuringCodec } from '../ports.ts';
import { createFineDetail, type DetailChoice } from './fine-detail.ts';

const never = new AbortController().signal;
const unused = () => Promise.reject(new Error('not to be asked'));

/** Finds the tiles of images for a model whose input edge has this many pixels, and records what was measured. */
function setUp(choice: DetailChoice, edge: number) {
  const codec = createSharpCodec();
  const measured: number[] = [];
  const counting: MeasuringCodec = {
    ...codec,
    gray(bytes, size, signal) {
      measured.push(bytes.length);
      return codec.gray(bytes, size, signal);
    },
  };
  const model: VisionModel = {
    engine: 'ollama',
    name: 'a model',
    provenance: 'vision',
    version: 1,
    inputSize: ({ width, height }) => ({ width: Math.min(width, edge), height: Math.min(height, edge) }),
    describe: unused,
    tasks: { imageTokens: () => 256, perform: unused },
  };
  const detail = createFineDetail(choice, { codec: counting, model });
  assert.ok(detail);
  return { detail, measured };
}

test('measures an image once, even while the measurement is pending', async () => {
  const { detail, measured } = setUp('auto', 896);
  const bytes = new Uint8Array(await thinLine());
  const [first, second] = await Promise.all([1, 2].map(() => detail.tilesOf('a', bytes, never)));
  assert.ok(first);
  assert.equal(second, first);
  assert.equal(await detail.tilesOf('a', bytes, never), first);
  assert.equal(measured.length, 1);
});

test('returns tiles for every image that is sent downscaled when the choice is "always"', async () => {
  const letters = new Uint8Array(await largeLetters());
  assert.equal(await setUp('auto', 896).detail.tilesOf('a', letters, never), null);
  assert.ok(await setUp('always', 896).detail.tilesOf('a', letters, never));
  assert.equal(await setUp('always', 10_000).detail.tilesOf('a', letters, never), null);
});
