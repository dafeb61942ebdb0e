import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reads } from '../../../test/fakes/scripted-recognizers.ts';
import type { DetectedObject, PixelRegion } from '../ports.ts';
import { createImageRecognizers } from './image-recognizers.ts';

const { signal } = new AbortController();
const SOURCE = { width: 8000, height: 6000 };

test('returns objects in pixels of the image, most certain first, and the text of a region', async () => {
  const parts: (PixelRegion | null | undefined)[] = [];
  let sent = { width: 0, height: 0 };
  const recognizers = createImageRecognizers({
    images: { read: () => Promise.resolve(new Uint8Array(1)) },
    codec: {
      fit(_bytes, size, _signal, region) {
        parts.push(region);
        sent = size(SOURCE);
        return Promise.resolve({ ...sent, bytes: new Uint8Array(1), type: 'image/png' });
      },
    },
    recognizers: {
      text: reads('A whole line'),
      objects: {
        look: ({ width, height }) => {
          const left = { x: 0, y: 0, width: width / 2, height };
          const found: DetectedObject[] = [
            { label: 'cat', score: 0.5, box: left },
            { label: 'dog', score: 0.9, box: { ...left, x: width / 2 } },
          ];
          return Promise.resolve(found);
        },
      },
    },
  });
  assert.deepEqual(await recognizers.findObjects('a.png', signal), [
    { label: 'dog', score: 0.9, box: { x: 4000, y: 0, width: 4000, height: 6000 } },
    { label: 'cat', score: 0.5, box: { x: 0, y: 0, width: 4000, height: 6000 } },
  ]);
  assert.ok(sent.width < SOURCE.width, 'it was sent smaller');
  const part = { x: 1, y: 2, width: 3, height: 4 };
  assert.equal(await recognizers.readText('a.png', part, signal), 'A whole line');
  assert.deepEqual(parts, [undefined, part]);
});
