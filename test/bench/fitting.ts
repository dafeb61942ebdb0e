import sharp from 'sharp';
import { createSharpCodec } from '../../src/node/sharp-codec.ts';
import type { Row } from './bench.ts';
import { median } from './median.ts';
import { drawPhoto } from './photo.ts';

const SIZE = { width: 1024, height: 768 };

/** Fits one photo for a model, alternating between our codec and plain sharp. */
export async function benchFitting(short: boolean): Promise<Row[]> {
  const photo = new Uint8Array(await drawPhoto());
  const codec = createSharpCodec();
  const { signal } = new AbortController();
  const ours = () => codec.fit(photo, () => SIZE, signal);
  const bare = () =>
    sharp(photo)
      .autoOrient()
      .resize(SIZE.width, SIZE.height, { fit: 'fill' })
      .jpeg({ quality: 90 })
      .toBuffer();

  const ratios: number[] = [];
  await ours();
  await bare();
  for (let turn = 0; turn < (short ? 5 : 21); turn++) {
    ratios.push((await timed(ours)) / (await timed(bare)));
  }
  const value = median(ratios);
  return [
    {
      what: 'fitting a photo of 12 megapixels ÷ the same in bare sharp',
      value,
      unit: '×',
      aim: '≤ 1.05 ×',
      met: value <= 1.05,
    },
  ];
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
