import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { gemma3, llava, qwen25vl } from '../../../../test/fakes/fake-models.ts';
import type { FakeModel } from '../../../../test/fakes/fake-ollama.ts';
import { MAX_ANSWER_TOKENS } from '../../describe/describe-image.ts';
import type { PixelSize } from '../../ports.ts';
import { INPUT_RULES, type InputRule, LLAVA_TILES, UNKNOWN_MODEL } from './input-rules.ts';
import { imageTokens, inputRule, inputSize, type ModelKind } from './input-size.ts';

function facts(name: string, family: string, more: Partial<ModelKind> = {}): ModelKind {
  return { name, family, fields: {}, projector: {}, ...more };
}

function ofFake(model: FakeModel): ModelKind {
  return facts(model.name, String(model.details?.['family']), {
    fields: model.modelInfo ?? {},
    projector: model.projectorInfo ?? {},
  });
}

function size(text: string): PixelSize {
  const [width = 0, height = 0] = text.split('x').map(Number);
  return { width, height };
}

function sent(model: ModelKind, source: string): string {
  const { width, height } = inputSize(inputRule(model), size(source));
  return `${width}x${height}`;
}

const gemma4 = facts('gemma4:latest', 'gemma4');
const mistral = facts('mistral-small3.2:24b', 'mistral3');
const mlp = { 'clip.projector_type': 'mlp' };

test('returns the best size for photos', () => {
  const cases: [ModelKind, string, string][] = [
    [ofFake(llava), '4000x3000', '336x252'],
    [
      facts('llava:13b', 'llama', { projector: { ...mlp, 'clip.vision.image_grid_pinpoints': [] } }),
      '4000x3000',
      '672x504',
    ],
    [facts('moondream:1.8b', 'phi2', { projector: mlp }), '4000x3000', '378x284'],
    [facts('granite3.2-vision:2b', 'granite', { projector: mlp }), '4000x3000', '768x576'],
    [ofFake(gemma3), '4000x3000', '896x672'],
    [ofFake(gemma3), '3000x4000', '672x896'],
    [gemma4, '4000x3000', '912x672'],
    [gemma4, '2000x2000', '768x768'],
    [gemma4, '1920x1080', '1056x576'],
    [ofFake(qwen25vl), '4000x3000', '1148x868'],
    [facts('qwen3-vl:8b', 'qwen3vl'), '4000x3000', '1248x928'],
    [
      facts('qwen3.5:9b', 'qwen35', { projector: { 'clip.projector_type': 'qwen3vl_merger' } }),
      '2048x2048',
      '1024x1024',
    ],
    [mistral, '4000x3000', '1008x756'],
    [mistral, '3000x3000', '896x896'],
    [facts('llama4:scout', 'llama4'), '4000x3000', '1008x756'],
    [
      facts('minicpm-v:8b', 'qwen2', { projector: { 'clip.projector_type': 'resampler' } }),
      '4000x3000',
      '896x672',
    ],
    [facts('deepseek-ocr:3b', 'deepseekocr'), '3000x4000', '960x1280'],
    [facts('glm-ocr:latest', 'glmocr'), '3000x4000', '1092x1456'],
    [facts('lfm2.5-vl:1.6b', 'lfm2'), '4000x3000', '1024x768'],
    [facts('someone/new-thing:7b', 'newthing'), '4000x3000', '1148x868'],
    [facts('someone/new-thing:7b', 'newthing'), '8000x2000', '1512x392'],
  ];
  for (const [model, source, expected] of cases) {
    assert.equal(sent(model, source), expected, `${model.name} ${source}`);
  }
});

test('keeps the size when an image fits, but enlarges a tiny one to 32 pixels', () => {
  for (const model of [ofFake(llava), gemma4, ofFake(qwen25vl), facts('new', 'new')]) {
    assert.equal(sent(model, '301x203'), '301x203');
    assert.equal(sent(model, '1x1'), '32x32');
    assert.equal(sent(model, '16x24'), '32x48');
    assert.equal(sent(model, '40x10'), '128x32');
  }
});

test('keeps a narrow strip within the budget and at least 32 pixels wide', () => {
  assert.equal(sent(ofFake(llava), '1000x10'), '336x32');
  assert.equal(sent(ofFake(qwen25vl), '100000x10'), '17920x56');
});

test('counts tokens like a real server', () => {
  const tokens = (model: ModelKind, source: string): number => imageTokens(inputRule(model), size(source));
  assert.equal(tokens(ofFake(llava), '336x252'), 576);
  assert.equal(tokens(facts('moondream:1.8b', 'phi2'), '378x284'), 729);
  assert.equal(tokens(ofFake(gemma3), '896x672'), 256);
  assert.equal(imageTokens(LLAVA_TILES, size('672x672')), 2880);
  // A real server counted 1,048 and 1,015 tokens for these, including 17 tokens of text.
  assert.equal(tokens(mistral, '1280x720'), 1048 - 17);
  assert.equal(tokens(mistral, '4000x3000'), 1015 - 17);
  assert.equal(tokens(gemma4, '768x768'), 256);
  assert.equal(tokens(gemma4, '4000x3000') <= 280, true);
  // Small images are enlarged to 1,024 tokens.
  assert.ok(tokens(ofFake(qwen25vl), '100x100') >= 1024);
  assert.equal(tokens(ofFake(qwen25vl), '1120x896'), 1280);
  assert.equal(tokens(facts('llama4:scout', 'llama4'), '1008x1008'), 1440);
  assert.equal(tokens(facts('minicpm-v:8b', 'qwen2'), '448x448'), 64);
  assert.equal(tokens(facts('minicpm-v:8b', 'qwen2'), '1344x1344'), 640);
});

test('reads the side of a fixed square from the fields of the model', () => {
  const model = facts('my-llava', 'llama', { projector: { ...mlp, 'clip.vision.image_size': 224 } });
  assert.equal(sent(model, '1000x1000'), '224x224');
  assert.equal(
    sent(facts('x', 'gemma3', { fields: { 'gemma3.vision.image_size': 448 } }), '1000x1000'),
    '448x448',
  );
});

test('prefers the family of a model to its name', () => {
  assert.deepEqual(inputRule(facts('my-qwen2.5vl-killer', 'gemma3')), inputRule(facts('gemma3', 'gemma3')));
  assert.deepEqual(inputRule(facts('hf.co/a/Qwen2.5-VL-7B:Q4', '')), inputRule(ofFake(qwen25vl)));
});

const rules = [...INPUT_RULES.map(({ rule }) => rule), LLAVA_TILES, UNKNOWN_MODEL];
const anyRule = fc.constantFrom(...rules);
const side = fc.integer({ min: 1, max: 20_000 });
const anySize = fc.record({ width: side, height: side });

function budget(rule: InputRule): { edge: number; pixels: number; step: number } {
  switch (rule.kind) {
    case 'fixed':
      return { edge: rule.side, pixels: rule.side ** 2, step: 1 };
    case 'tiles':
      return { edge: rule.aimEdge, pixels: rule.aimEdge ** 2, step: 1 };
    case 'budget':
      return { edge: rule.aimEdge ?? Infinity, pixels: rule.aimPixels, step: rule.multiple };
  }
}

test('never exceeds the budget of the model or goes below 32 pixels', () => {
  fc.assert(
    fc.property(anyRule, anySize, (rule, source) => {
      const { width, height } = inputSize(rule, source);
      const { edge, pixels } = budget(rule);
      assert.ok(Number.isInteger(width) && Number.isInteger(height));
      assert.ok(width * height <= pixels && Math.max(width, height) <= edge, `${width}x${height}`);
      assert.ok(Math.min(width, height) >= 32, `${width}x${height}`);
    }),
  );
});

test('keeps the aspect ratio and orientation to within one rounding step', () => {
  fc.assert(
    fc.property(anyRule, anySize, (rule, source) => {
      const { width, height } = inputSize(rule, source);
      const { step } = budget(rule);
      assert.ok(
        source.width === source.height ||
          source.width > source.height === width >= height ||
          width === height,
      );
      // For narrower images the minimum of 32 pixels takes precedence.
      const ratio = Math.max(source.width, source.height) / Math.min(source.width, source.height);
      fc.pre(ratio <= 4);
      const shape = Math.abs(Math.log((width * source.height) / (height * source.width)));
      const shorter = Math.min(width, height);
      assert.ok(shape <= (2 * step) / shorter, `${width}x${height} distorted by ${shape}`);
    }),
  );
});

test('never enlarges an image except a tiny one', () => {
  fc.assert(
    fc.property(anyRule, anySize, (rule, source) => {
      fc.pre(Math.min(source.width, source.height) >= 32 * 4);
      fc.pre(Math.max(source.width, source.height) / Math.min(source.width, source.height) <= 4);
      const { width, height } = inputSize(rule, source);
      assert.ok(width <= source.width && height <= source.height, `${width}x${height}`);
    }),
  );
});

test('returns no smaller size for a larger image of the same shape', () => {
  fc.assert(
    fc.property(anyRule, anySize, fc.integer({ min: 2, max: 9 }), (rule, source, times) => {
      const small = inputSize(rule, source);
      const large = inputSize(rule, { width: source.width * times, height: source.height * times });
      const { step } = budget(rule);
      const ratio = Math.max(source.width, source.height) / Math.min(source.width, source.height);
      fc.pre(ratio <= 4);
      assert.ok(large.width >= small.width - 2 * step && large.height >= small.height - 2 * step);
    }),
  );
});

test('fits the prompt, the largest image and the longest answer into the context', () => {
  const PROMPT_TOKENS = 1200;
  for (const rule of rules) {
    for (const source of ['20000x20000', '20000x15000', '9000x20000', '20000x1000']) {
      const tokens = imageTokens(rule, inputSize(rule, size(source)));
      assert.ok(tokens + PROMPT_TOKENS + MAX_ANSWER_TOKENS.json <= 8192, `${JSON.stringify(rule)} ${tokens}`);
    }
  }
});
