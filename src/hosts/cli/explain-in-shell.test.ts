import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ErrorCode, type ErrorData, NotesightError } from '../../core/errors.ts';
import { explainInShell } from './explain-in-shell.ts';

function words(code: ErrorCode, data: ErrorData = {}): string {
  const { message, advice } = explainInShell(new NotesightError(code, 'for logs', { data }));
  return `${message} ${advice}`;
}

test('a shell is told of commands and options', () => {
  assert.equal(
    words('server_down', { host: 'http://127.0.0.1:11434' }),
    'Ollama does not answer at http://127.0.0.1:11434. Start it with `ollama serve`, or set --host or OLLAMA_HOST to where it runs.',
  );
  assert.match(words('model_missing', { model: 'llava' }), /The model llava .*`notesight pull llava`/);
  assert.match(words('model_missing'), /`notesight pull NAME`/);
});

test('no advice speaks of settings, which a shell has none of', () => {
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
    assert.doesNotMatch(words(code), /in the settings|button/, code);
  }
});

test('what was used in a wrong way is named', () => {
  assert.match(
    words('bad_usage', { path: 'x', why: 'does not exist' }),
    /^x does not exist\. `notesight --help`/,
  );
  assert.match(words('bad_usage', { why: 'Nothing is named' }), /^Nothing is named\./);
  assert.match(words('bad_usage'), /^The command was used in a wrong way\./);
});

test('what to do with a server that is not Ollama', () => {
  const api = 'openai';
  assert.match(
    words('unauthorized', { api, host: 'http://127.0.0.1:8080' }),
    /asks for a key\. Set NOTESIGHT_API_KEY/,
  );
  assert.match(words('no_vision_model', { api }), /--mmproj/);
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
    assert.doesNotMatch(words(code, { api }), /[Oo]llama\b|notesight pull|in the settings/, code);
  }
});
