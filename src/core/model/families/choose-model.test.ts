import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { ServerModel } from '../server-model.ts';
import { chooseChatModel, chooseModel, explainChoice } from './choose-model.ts';

function model(name: string, gigabytes: number, more: Partial<ServerModel> = {}): ServerModel {
  return {
    name,
    sizeBytes: gigabytes * 1e9,
    family: name.split(':')[0]?.replace(/[.-]/g, '') ?? '',
    parameters: '',
    supportsImages: true,
    digest: '',
    canChat: true,
    canEmbed: false,
    guessed: false,
    cloud: false,
    loaded: false,
    ...more,
  };
}

const gemma = model('gemma3:4b', 3);
const qwen = model('qwen2.5vl:7b', 6);
const huge = model('qwen3-vl:235b', 143);
const llava = model('llava:7b', 5, { family: 'llama' });
const ocr = model('deepseek-ocr:3b', 7);
const mllama = model('llama3.2-vision:11b', 8, { family: 'mllama' });
const text = model('llama3.2:3b', 2, { supportsImages: false, loaded: true });
const cloud = model('qwen3-vl:235b-cloud', 0, { cloud: true, loaded: true });

function chosen(...models: ServerModel[]): [string, string] | null {
  const choice = chooseModel(models);
  return choice && [choice.model.name, choice.reason];
}

test('prefers a model in memory to a better one', () => {
  assert.deepEqual(chosen(qwen, { ...llava, loaded: true }), ['llava:7b', 'loaded']);
});

test('chooses the better model when several are in memory', () => {
  assert.deepEqual(chosen({ ...llava, loaded: true }, { ...gemma, loaded: true }), ['gemma3:4b', 'loaded']);
});

test('never chooses a text-only or cloud model', () => {
  assert.equal(chosen(text, cloud), null);
  assert.equal(chosen(), null);
  assert.deepEqual(chosen(text, cloud, llava), ['llava:7b', 'only']);
});

test('chooses the best family for captions in any order', () => {
  const all = [ocr, llava, gemma, mllama, qwen, huge];
  assert.deepEqual(chosen(...all), ['qwen2.5vl:7b', 'best']);
  assert.deepEqual(chosen(...all.reverse()), ['qwen2.5vl:7b', 'best']);
});

test('chooses the largest model of a family that fits a typical computer', () => {
  const sizes = [model('gemma3:27b', 17), gemma, model('gemma3:12b', 8)];
  assert.deepEqual(chosen(...sizes), ['gemma3:12b', 'best']);
  assert.deepEqual(chosen(model('gemma3:27b', 17), huge), ['gemma3:27b', 'best']);
});

test("ranks OCR models after general ones and models that can't be loaded last", () => {
  assert.deepEqual(chosen(ocr, model('something:7b', 4)), ['something:7b', 'best']);
  assert.deepEqual(chosen(mllama, ocr), ['deepseek-ocr:3b', 'best']);
  assert.deepEqual(chosen(mllama, huge), ['qwen3-vl:235b', 'best']);
  assert.deepEqual(chosen(mllama), ['llama3.2-vision:11b', 'only']);
});

test('reads the last part of a name with an owner', () => {
  assert.deepEqual(chosen(llava, model('hf.co/Someone/Qwen2.5-VL-7B:Q4', 5, { family: 'unknown' })), [
    'hf.co/Someone/Qwen2.5-VL-7B:Q4',
    'best',
  ]);
});

test('explains each choice', () => {
  const why = (...models: ServerModel[]): string => {
    const choice = chooseModel(models);
    return choice ? explainChoice(choice) : '';
  };
  assert.equal(why({ ...gemma, loaded: true }), 'already loaded');
  assert.equal(why(gemma, text), 'the only vision model');
  assert.equal(why(gemma, llava), 'the best of 2 vision models');
});

test('chooses a model for questions: vision first, then text-only, never embedding', () => {
  const embeds = model('nomic-embed-text', 0.3, { supportsImages: false, canChat: false });
  assert.equal(chooseChatModel([embeds, text, gemma])?.name, gemma.name);
  assert.equal(chooseChatModel([embeds, text])?.name, text.name);
  assert.equal(chooseChatModel([embeds]), null);
});
