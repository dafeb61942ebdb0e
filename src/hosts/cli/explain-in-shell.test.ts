import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ErrorCode, type ErrorData, NotesightError } from '../../core/errors.ts';
import { explainInShell } from './explain-in-shell.ts';

function explanation(code: ErrorCode, data: ErrorData = {}): string {
  const { message, advice } = explainInShell(new NotesightError(code, 'for logs', { data }));
  return `${message} ${advice}`;
}

test('advises a shell user to use commands and options', () => {
  assert.equal(
    explanation('server_down', { host: 'http://127.0.0.1:11434' }),
    "Can't reach Ollama at http://127.0.0.1:11434. Start it with `ollama serve`, or set --host or OLLAMA_HOST.",
  );
  assert.match(explanation('model_missing', { model: 'llava' }), /The model llava .*`notesight pull llava`/);
  assert.match(explanation('model_missing'), /`notesight pull NAME`/);
});

test('never mentions settings in a shell', () => {
  const codes: ErrorCode[] = [
    'server_timeout',
    'server_crashed',
    'gateway_down',
    'gateway_timeout',
    'request_too_large',
    'limit_reached',
    'unauthorized',
    'origin_refused',
    'model_missing',
  ];
  const more: ErrorCode[] = [
    'model_refused',
    'image_in_icloud',
    'image_in_git_lfs',
    'image_is_web_page',
    'model_cannot_see',
    'model_cannot_point',
    'model_unloadable',
    'answer_unusable',
    'context_overflow',
  ];
  for (const code of [...codes, ...more, 'no_vision_model', 'image_remote', 'bad_usage'] as ErrorCode[]) {
    assert.doesNotMatch(explanation(code), /in the settings|button/, code);
  }
});

test('names the invalid argument', () => {
  assert.match(
    explanation('bad_usage', { path: 'x', why: 'does not exist' }),
    /^x does not exist\. For help, run `notesight --help`/,
  );
  assert.match(explanation('bad_usage', { why: 'Nothing is named' }), /^Nothing is named\./);
  assert.match(explanation('bad_usage'), /^Invalid arguments\./);
});

test('advises for a server that is not Ollama', () => {
  const api = 'openai';
  assert.match(
    explanation('unauthorized', { api, host: 'http://127.0.0.1:8080' }),
    /requires an API key\. Set NOTESIGHT_API_KEY/,
  );
  assert.match(explanation('no_vision_model', { api }), /--mmproj/);
  const codes: ErrorCode[] = [
    'server_down',
    'server_busy',
    'server_timeout',
    'server_crashed',
    'server_refused',
  ];
  const more: ErrorCode[] = [
    'server_error',
    'unauthorized',
    'model_missing',
    'no_vision_model',
    'context_overflow',
  ];
  for (const code of [...codes, ...more]) {
    assert.doesNotMatch(explanation(code, { api }), /[Oo]llama\b|notesight pull|in the settings/, code);
  }
});
