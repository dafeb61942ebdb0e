import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotesightError } from '../core/errors.ts';
import { explain } from '../core/messages/explain.ts';
import type { ServerModel } from '../core/model/server-model.ts';
import { editorEn } from './messages/editor-en.ts';
import { type ServerAnswer, surveyOf, testAnswer } from './survey-servers.ts';

const HOST = 'http://127.0.0.1:11434';

function model(name: string, changes: Partial<ServerModel> = {}): ServerModel {
  return {
    name,
    digest: '',
    sizeBytes: 0,
    family: '',
    parameters: '',
    supportsImages: true,
    canChat: true,
    canEmbed: false,
    guessed: false,
    cloud: false,
    loaded: false,
    ...changes,
  };
}

const TEXT_ONLY = model('llama3.2:3b', { supportsImages: false });

function answer(...models: ServerModel[]): ServerAnswer {
  return { host: HOST, value: { api: 'ollama', models }, error: null };
}

const tested = (given: ServerAnswer, chosen = '') =>
  testAnswer(given, { words: editorEn, explain: (error) => explain(error, 'en'), chosen });

test('reports a server with a vision model as usable', () => {
  assert.deepEqual(tested(answer(model('gemma3:4b'), TEXT_ONLY)), {
    text: `Connected to Ollama at ${HOST}. 1 model supports images.`,
    isWell: true,
  });
});

test('warns when the chosen model is text-only', () => {
  const { text, isWell } = tested(answer(model('gemma3:4b'), TEXT_ONLY), TEXT_ONLY.name);
  assert.equal(isWell, false);
  assert.match(text, /^Connected to Ollama at .*llama3\.2:3b is text-only .*Choose a model marked/);
});

test('does not warn about a model whose image support is unknown', () => {
  const unknown = model('mystery', { supportsImages: false, guessed: true });
  assert.equal(tested(answer(unknown), 'mystery').isWell, true);
});

test('reports a server whose models are all text-only', () => {
  const { text, isWell } = tested(answer(TEXT_ONLY));
  assert.equal(isWell, false);
  assert.match(text, /has no vision model/);
});

test('lists the models of all servers that respond, each name once', () => {
  const down = new NotesightError('server_down', 'down', { data: { host: HOST } });
  const failed: ServerAnswer = { host: HOST, value: null, error: down };
  const { models, best } = surveyOf([failed, answer(TEXT_ONLY), answer(model('gemma3:4b'), TEXT_ONLY)]);
  assert.deepEqual(
    models.map(({ name }) => name),
    ['llama3.2:3b', 'gemma3:4b'],
  );
  assert.equal(best, 'gemma3:4b');
  assert.throws(() => surveyOf([failed]), down);
});
