import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageTokens, inputRule, type ModelKind } from './input-size.ts';
import { pointing, type Pointing } from './pointing.ts';

const kind = (name: string, more: Partial<ModelKind> = {}): ModelKind => ({
  name,
  family: '',
  fields: {},
  projector: {},
  ...more,
});

const FORMATS: readonly (readonly [ModelKind, Omit<Pointing, 'inputSize'>])[] = [
  [
    kind('qwen2.5vl:7b', { family: 'qwen25vl', fields: { 'general.architecture': 'qwen25vl' } }),
    { key: 'bbox_2d', yFirst: false, unit: 'pixels' },
  ],
  [
    kind('hf.co/me/mine:q4', {
      family: 'qwen2vl',
      fields: { 'general.architecture': 'qwen2vl' },
      projector: { 'clip.projector_type': 'qwen2.5vl_merger' },
    }),
    { key: 'bbox_2d', yFirst: false, unit: 'pixels' },
  ],
  [kind('Qwen/Qwen2.5-VL-7B-Instruct'), { key: 'bbox_2d', yFirst: false, unit: 'pixels' }],
  [kind('Qwen/Qwen2-VL-7B-Instruct'), { key: 'bbox_2d', yFirst: false, unit: 'thousandths' }],
  [kind('qwen3-vl:8b', { family: 'qwen3vl' }), { key: 'bbox_2d', yFirst: false, unit: 'thousandths' }],
  [kind('qwen3.5:9b', { family: 'qwen35' }), { key: 'bbox_2d', yFirst: false, unit: 'thousandths' }],
  [kind('gemma4:e4b', { family: 'gemma4' }), { key: 'box_2d', yFirst: true, unit: 'thousandths' }],
];

test('returns the format of each family that supports pointing', () => {
  for (const [model, format] of FORMATS) {
    const { key, yFirst, unit } = pointing(model) ?? assert.fail(model.name);
    assert.deepEqual({ key, yFirst, unit }, format, model.name);
  }
});

test('returns null for other models', () => {
  for (const name of ['gemma3:4b', 'llava:7b', 'moondream', 'qwen2.5:7b', 'qwen2.5-coder', 'llama3.2-vision'])
    assert.equal(pointing(kind(name)), null, name);
});

test('returns a size that the server keeps for any image', () => {
  for (const [model] of FORMATS) {
    const { inputSize } = pointing(model) ?? assert.fail(model.name);
    const rule = inputRule(model);
    assert.ok(rule.kind === 'budget');
    const side = fc.integer({ min: 1, max: 20_000 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const sent = inputSize({ width, height });
        assert.equal(sent.width % rule.multiple, 0);
        assert.equal(sent.height % rule.multiple, 0);
        const tokens = (sent.width / rule.multiple) * (sent.height / rule.multiple);
        assert.ok(tokens >= rule.minTokens && tokens <= rule.maxTokens, `${tokens}`);
        assert.equal(imageTokens(rule, sent), tokens);
        assert.ok(sent.width * sent.height <= rule.aimPixels);
        const ratio = (size: { width: number; height: number }) => Math.log(size.width / size.height);
        const shape = Math.max(-Math.log(16), Math.min(Math.log(16), ratio({ width, height })));
        assert.ok(Math.abs(ratio(sent) - shape) < 0.25, `${sent.width} × ${sent.height}`);
      }),
    );
  }
});

test('returns about a megapixel for a photo in Qwen2.5-VL, and enlarges a small image', () => {
  const { inputSize } = pointing(kind('qwen2.5vl:7b')) ?? assert.fail();
  assert.deepEqual(inputSize({ width: 4000, height: 3000 }), { width: 1148, height: 868 });
  assert.deepEqual(inputSize({ width: 80, height: 80 }), { width: 896, height: 896 });
  assert.deepEqual(inputSize({ width: 1120, height: 784 }), { width: 1120, height: 784 });
});
