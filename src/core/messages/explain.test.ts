import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { type ErrorCode, type ErrorData, NotesightError } from '../errors.ts';
import { explain, type WordsLanguage } from './explain.ts';

/** All codes, read from the source of the union type. */
const codes = [
  ...(/export type ErrorCode =([^;]*);/
    .exec(readFileSync(new URL('../errors.ts', import.meta.url), 'utf8'))?.[1]
    ?.matchAll(/'(\w+)'/g) ?? []),
].map(([, code]) => code as ErrorCode);

const full: ErrorData = {
  host: 'http://127.0.0.1:11434',
  model: 'gemma3:4b',
  path: 'a/b.png',
  why: 'EACCES',
  detail: 'no such host',
  status: 500,
  kind: 'ico',
  seconds: 600,
  waitSeconds: 90,
  nPromptTokens: 4165,
  nCtx: 4096,
  width: 1,
  height: 2,
};

const languages: WordsLanguage[] = ['en', 'ru'];

function words(code: ErrorCode, data: ErrorData = {}, language: WordsLanguage = 'en'): string {
  const { message, advice } = explain(new NotesightError(code, 'for logs', { data }), language);
  return `${message} ${advice}`;
}

test('returns complete sentences for each code in both languages', () => {
  assert.ok(codes.length > 25);
  for (const language of languages) {
    for (const code of codes) {
      for (const data of [{}, full, { ...full, api: 'openai' }]) {
        const { message, advice } = explain(new NotesightError(code, 'for logs', { data }), language);
        for (const text of [message, advice]) {
          assert.match(text, /^[\p{Lu}`\w].*[^.]\.$/u, `${code}: ${text}`);
          assert.doesNotMatch(text, /undefined|NaN|\bnull\b|object Object| {2}|for logs/, `${code}: ${text}`);
          assert.doesNotMatch(text, /\s[.,:;)]|\(\s/, `${code}: ${text}`);
        }
      }
    }
  }
});

test('contains no English in Russian except names and commands', () => {
  const names =
    /`[^`]*`|https:\S+|\b(?:Ollama|Notesight|OLLAMA_ORIGINS|API|PNG|JPEG|UTF-8|IP|HTTP|llama-server|nginx|iCloud|Finder|Git|LFS)\b/g;
  // Values from outside are not translated.
  const given = Object.fromEntries(Object.keys(full).map((key) => [key, 7]));
  for (const code of codes) {
    for (const data of [{}, given, { ...given, api: 'openai' }]) {
      const text = words(code, data, 'ru');
      assert.match(text, /[а-яё]/);
      assert.doesNotMatch(text.replace(names, ''), /[a-z]/i, text);
    }
  }
});

test('mentions settings and buttons but no command line', () => {
  for (const language of languages) {
    for (const code of codes) {
      assert.doesNotMatch(words(code, full, language), /`notesight|--\w|OLLAMA_HOST|ollama serve/, code);
    }
  }
  assert.equal(
    words('server_down'),
    "Can't reach Ollama. Start Ollama, then go to Settings → Notesight → Server → Test.",
  );
  assert.equal(
    words('model_missing', { model: 'llava' }, 'ru'),
    'Модели llava нет на сервере. Скачайте её в настройках или выберите другую модель.',
  );
});

test('uses the Russian plural forms', () => {
  const seconds = (count: number) => words('server_timeout', { seconds: count }, 'ru');
  assert.match(seconds(21), / за 21 секунду\./);
  assert.match(seconds(2), / за 2 секунды\./);
  assert.match(seconds(600), / за 600 секунд\./);
  assert.match(words('context_overflow', full, 'ru'), /\(4165 токенов, предел 4096\)/);
  assert.match(words('image_too_large', full, 'ru'), /\(1 × 2 пикселя\)/);
  assert.match(words('image_too_large', { bytes: 150_000_001 }, 'ru'), /\(151 МБ\)/);
});

test('names the server, the file and sizes', () => {
  assert.match(words('server_down', full), /^Can't reach Ollama at http:\/\/127\.0\.0\.1:11434\./);
  assert.match(words('image_missing', { path: 'img/a.png' }), /^Image not found: img\/a\.png\./);
  assert.match(words('context_overflow', full), /4165 tokens, limit 4096/);
  assert.match(words('image_too_large', { bytes: 150_000_001 }), /\(151 MB\)/);
  assert.match(words('image_too_large', { width: 30_000, height: 20_000 }), /30000 × 20000 pixels/);
});

test("includes the server's own message", () => {
  assert.match(
    words('server_error', { status: 502, detail: 'Bad gateway' }),
    /returned HTTP 502: Bad gateway\./,
  );
  assert.match(words('pull_failed', full), /^Could not download the model gemma3:4b: no such host\./);
});

test('says when to retry after a limit, if known', () => {
  assert.match(words('limit_reached', { waitSeconds: 90 }), / Try again in 2 minutes, /);
  assert.match(words('limit_reached', { waitSeconds: 60 }), / Try again in 1 minute, /);
  assert.match(words('limit_reached'), / Try again later, /);
  assert.match(words('limit_reached', { waitSeconds: 90 }, 'ru'), /Повторите попытку через 2 минуты /);
});

test('names the status and the remedy of a proxy failure', () => {
  const proxy = { host: 'http://nas', status: 504, detail: 'Gateway Time-out' };
  assert.equal(
    words('gateway_timeout', proxy),
    'The proxy at http://nas timed out waiting for the server behind it (HTTP 504): Gateway Time-out. ' +
      'Raise the read timeout of the proxy to 10 minutes (nginx: `proxy_read_timeout 600s`), or choose a smaller model in the settings.',
  );
  assert.match(words('request_too_large', { ...proxy, status: 413 }), /client_max_body_size/);
  assert.match(
    words('gateway_down', { ...proxy, status: 502 }),
    /^The proxy at http:\/\/nas can't reach the server/,
  );
});

test('does not call another server Ollama', () => {
  for (const language of languages) {
    const named = ['nothing_recognised', 'pull_failed', 'origin_refused'];
    for (const code of codes.filter((one) => !named.includes(one))) {
      assert.doesNotMatch(words(code, { ...full, api: 'openai' }, language), /ollama/i, code);
    }
  }
});
