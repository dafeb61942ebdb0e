import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotesightError } from '../core/errors.ts';
import { explain } from '../core/messages/explain.ts';
import { editorEn } from './messages/editor-en.ts';
import { createServerNews } from './server-news.ts';

function news() {
  const messages: string[] = [];
  const made = createServerNews(
    editorEn,
    (error) => explain(error, 'en'),
    (message) => messages.push(message),
  );
  return { ...made, messages };
}

const [near, far, other] = [
  'http://desktop:11434',
  'https://a.example:443',
  'https://b.example:443',
] as const;

test('reports the servers once when there are several', () => {
  const { looking, messages } = news();
  looking([near], false);
  looking([near, far], false);
  looking([near, far], false);
  looking([near], false);
  looking([near, far, other], false);
  assert.deepEqual(messages, [
    `Using 2 servers: ${near}, ${far}. Images leave your network: they are sent to ${far}.`,
    `Using 3 servers: ${near}, ${far}, ${other}. Images leave your network: they are sent to ${far}, ${other}.`,
  ]);
});

test('reports a lost server with the reason', () => {
  const { lost, messages } = news();
  lost(far, new NotesightError('server_down', 'down', { data: { host: far } }));
  assert.deepEqual(messages, [
    `Lost the server ${far}; continuing with the others. Can't reach Ollama at ${far}.`,
  ]);
});
