import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pointing, type Pointing } from '../model/families/pointing.ts';
import type { PixelRegion, PixelSize } from '../ports.ts';
import { parseBoxes } from './parse-boxes.ts';

const of = (name: string): Pointing =>
  pointing({ name, family: '', fields: {}, projector: {} }) ?? assert.fail(name);
const qwen25 = of('qwen2.5vl:7b');
const qwen3 = of('qwen3-vl:8b');
const gemma4 = of('gemma4:e4b');

const source: PixelSize = { width: 2000, height: 1000 };
const sent: PixelSize = { width: 1400, height: 700 };
const parse = (raw: string, format = qwen3) => parseBoxes(raw, format, sent, source);

const box = (corners: readonly unknown[], label = 'cat', key = 'bbox_2d') =>
  `{"${key}": ${JSON.stringify(corners)}, "label": ${JSON.stringify(label)}}`;
const cat = (x: number, y: number, width: number, height: number) => [
  { name: 'cat', part: { x, y, width, height } },
];

test('reads the coordinates of each model family', () => {
  assert.deepEqual(parse(`[${box([140, 70, 700, 350])}]`, qwen25), cat(200, 100, 800, 400));
  assert.deepEqual(parse(`[${box([100, 100, 500, 500])}]`, qwen3), cat(200, 100, 800, 400));
  assert.deepEqual(parse(`[${box([100, 200, 500, 600], 'cat', 'box_2d')}]`, gemma4), cat(400, 100, 800, 400));
});

test('reads a list inside text, fences, or an object, and a list that was cut', () => {
  const one = box([100, 100, 500, 500]);
  for (const raw of [
    `\`\`\`json\n[${one}]\n\`\`\``,
    `Here is the list you asked for {as JSON}:\n\n[${one}]\nI hope "that" helps.`,
    `{"objects": [${one}]}`,
    `[[${one}]]`,
    `[${one}, {"bbox_2d": [1, 2, 3`,
    `[${one}, {"bbox_2d": [1, 2, 3, 400], "label": "a {dog`,
    `[${one}, {"nested": ${box([1, 2])}}]`,
    one,
  ])
    assert.deepEqual(parse(raw), cat(200, 100, 800, 400), raw);
});

test('swaps corners in the wrong order and clamps boxes that are slightly outside', () => {
  assert.deepEqual(parse(`[${box([500, 500, 100, 100])}]`), cat(200, 100, 800, 400));
  assert.deepEqual(parse(`[${box([-10, -1, 1010, 1049.5])}]`), cat(0, 0, 2000, 1000));
});

test('drops invalid boxes and keeps the others', () => {
  const good = box([0, 0, 500, 500], 'good');
  const bad = [
    '{"bbox_2d": [NaN, 1, 2, 3], "label": "a"}',
    '{"bbox_2d": [1e999, 1, 2, 3], "label": "a"}',
    '{"bbox_2d": [1, 2, 3], "label": "a"}',
    '{"bbox_2d": [1, 2, 3, 4, 5], "label": "a"}',
    '{"bbox_2d": "1, 2, 3, 4", "label": "a"}',
    '{"bbox_2d": {"x": 1}, "label": "a"}',
    '{"label": "a"}',
    '{"bbox_2d": [1, 2, 300, 400]}',
    '{"bbox_2d": [1, 2, 300, 400], "label": 7}',
    '{"__proto__": {"bbox_2d": [1, 2, 300, 400]}, "label": "a"}',
    box([1, '2', 3, 4]),
    box([[1, 2], [3, 4], 5, 6]),
    box([null, 2, 3, 4]),
    box([100, 100, 100, 500], 'a line'),
    box([100, 500, 500, 500], 'a line'),
    box([-900, -900, -800, -800], 'outside'),
    box([-40, -40, -10, -10], 'outside'),
    box([1e9, 1e9, 2e9, 2e9], 'huge'),
    box([0, 0, 5000, 500], 'huge'),
    box([0, 0, 500, 500], ' \n\u202e '),
  ];
  const raw = `[${[...bad, good, ...bad].join(',')}]`;
  assert.deepEqual(parse(raw), [{ name: 'good', part: { x: 0, y: 0, width: 1000, height: 500 } }]);
});

test('merges duplicates and keeps two objects of the same kind', () => {
  const raw = `[${[
    box([100, 100, 500, 500]),
    box([102, 100, 500, 498], 'Cat'),
    box([100, 100, 500, 500], 'animal'),
    box([500, 100, 900, 500]),
  ].join(',')}]`;
  assert.deepEqual(
    parse(raw)?.map(({ name, part }) => [name, part.x]),
    [
      ['cat', 200],
      ['animal', 200],
      ['cat', 1000],
    ],
  );
});

test('reduces names to one short, harmless line', () => {
  const [first, second] =
    parse(
      `[${box([0, 0, 500, 500], ' a\n\u0007 cat\u202e and \u2066its "tail" ')},${box([0, 0, 400, 400], 'word '.repeat(500))}]`,
    ) ?? [];
  assert.equal(first?.name, 'a cat and its "tail"');
  assert.ok((second?.name.length ?? 99) <= 60 && second?.name.endsWith('word…'), second?.name);
});

test('reads fifty of ten thousand boxes quickly', () => {
  const many = Array.from({ length: 10_000 }, (_, at) =>
    box([at % 900, at % 700, (at % 900) + 50, (at % 700) + 50], `thing ${at}`),
  );
  assert.equal(parse(`[${many.join(',')}]`)?.length, 50);
});

test('returns null without a list, and no boxes for an empty list', () => {
  assert.deepEqual(parse('[]'), []);
  assert.deepEqual(parse('```json\n[ ]\n```'), []);
  for (const raw of [
    '',
    'I cannot see an image.',
    '{',
    '[',
    '{"alt": "A cat"}',
    '['.repeat(50_000),
    '{'.repeat(50_000),
  ])
    assert.equal(parse(raw), null, raw.slice(0, 40));
  assert.equal(parse(`{"${'"'.repeat(20_000)}`), null);
  assert.equal(parse('{"'.repeat(50_000)), null);
  assert.equal(parse('{"a'.repeat(30_000)), null);
});

test('keeps boxes within the image for any answer', () => {
  const number = fc.oneof(fc.integer({ min: -100, max: 1100 }), fc.double(), fc.constantFrom(null, '1'));
  const answer = fc.array(fc.record({ bbox_2d: fc.array(number, { maxLength: 5 }), label: fc.string() }));
  fc.assert(
    fc.property(answer, fc.string(), fc.constantFrom(qwen25, qwen3, gemma4), (boxes, around, format) => {
      for (const { part, name } of parse(around + JSON.stringify(boxes) + around, format) ?? []) {
        const { x, y, width, height } = part;
        assert.ok([x, y, width, height].every(Number.isInteger));
        assert.ok(x >= 0 && y >= 0 && width >= 1 && height >= 1);
        assert.ok(x + width <= source.width && y + height <= source.height);
        assert.doesNotMatch(name, /[\n\u202e]|^$/);
      }
    }),
  );
});

test('returns a box where it was, up to a pixel and the step of the coordinates', () => {
  const side = fc.integer({ min: 8, max: 9000 });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      side,
      side,
      fc.tuple(share, share, share, share),
      fc.constantFrom(qwen25, qwen3, gemma4),
      (width, height, [a, b, c, d], format) => {
        const image = { width, height };
        const given = within(image, a, b, c, d);
        const size = format.inputSize(image);
        const range = format.unit === 'pixels' ? size : { width: 1000, height: 1000 };
        const xs = [given.x, given.x + given.width].map((x) => Math.round((x / width) * range.width));
        const ys = [given.y, given.y + given.height].map((y) => Math.round((y / height) * range.height));
        fc.pre(xs[0] !== xs[1] && ys[0] !== ys[1]);
        const corners = format.yFirst ? [ys[0], xs[0], ys[1], xs[1]] : [xs[0], ys[0], xs[1], ys[1]];
        const [found] = parseBoxes(`[${box(corners)}]`, format, size, image) ?? [];
        const { part } = found ?? assert.fail();
        const near = (got: number, wanted: number, step: number) => {
          assert.ok(Math.abs(got - wanted) <= 1 + step / 2, `${got} for ${wanted}`);
        };
        near(part.x, given.x, width / range.width);
        near(part.x + part.width, given.x + given.width, width / range.width);
        near(part.y, given.y, height / range.height);
        near(part.y + part.height, given.y + given.height, height / range.height);
      },
    ),
  );
});

function within({ width, height }: PixelSize, a: number, b: number, c: number, d: number): PixelRegion {
  const x = Math.floor(a * (width - 1));
  const y = Math.floor(b * (height - 1));
  return { x, y, width: 1 + Math.floor(c * (width - 1 - x)), height: 1 + Math.floor(d * (height - 1 - y)) };
}
