import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryLineFile } from '../../../test/fakes/memory-line-file.ts';
import { NotesightError } from '../errors.ts';
import { type CaptionKey, openCaptionLog } from './caption-log.ts';

const key: CaptionKey = {
  ...{ fingerprint: 'f00d', engine: 'ollama', model: 'llava', language: 'en', version: 1 },
  provenance: 'vision',
};
const texts = { alt: 'A cat', description: 'A cat\non a mat.', text: '', tags: ['cat'], decorative: false };

const answerLine = (fingerprint: string, alt: string) =>
  JSON.stringify({ v: 1, ...key, ...texts, fingerprint, alt, at: '2026-01-02T03:04:05.678Z' });

test('returns an answer after the log is reopened', async () => {
  const file = createMemoryLineFile();
  const log = await openCaptionLog(file);
  await log.put({ ...key, ...texts }, 'a.png');
  const first = log.get(key);
  const again = (await openCaptionLog(file)).get(key);
  assert.deepEqual(again, first);
  assert.deepEqual(again, { ...key, ...texts, at: again?.at, files: ['a.png'] });
  assert.ok(Math.abs(Date.parse(again.at) - Date.now()) < 60_000);
  assert.equal(file.lines.length, 1);
});

test('returns an answer only for its image, engine, model, language and version', async () => {
  const log = await openCaptionLog(createMemoryLineFile());
  await log.put({ ...key, ...texts }, 'a.png');
  const others: CaptionKey[] = [
    { ...key, fingerprint: 'beef' },
    { ...key, engine: 'embedded' },
    { ...key, model: 'llava:13b' },
    { ...key, language: 'ru' },
    { ...key, version: 2 },
    { ...key, version: '1' },
    { ...key, version: '1+c0ffee' },
  ];
  assert.equal(log.get(key)?.alt, 'A cat');
  assert.deepEqual(
    others.map((other) => log.get(other)),
    others.map(() => undefined),
  );
});

test('returns an answer to a prompt with user instructions', async () => {
  const file = createMemoryLineFile();
  const own: CaptionKey = { ...key, version: '1+c0ffee' };
  await (await openCaptionLog(file)).put({ ...own, ...texts }, 'a.png');
  const log = await openCaptionLog(file);
  assert.equal(log.get(own)?.alt, 'A cat');
  assert.equal(log.get(key), undefined);
});

test('returns the last answer about an image from any model', async () => {
  const log = await openCaptionLog(createMemoryLineFile());
  assert.equal(log.last(key.fingerprint), undefined);
  await log.put({ ...key, ...texts }, 'a.png');
  await log.put({ ...key, language: 'ru', ...texts, alt: 'Кот' }, 'a.png');
  assert.equal(log.last(key.fingerprint)?.alt, 'Кот');
});

test('returns the last answer when a key is repeated', async () => {
  const file = createMemoryLineFile([answerLine('f00d', 'first'), answerLine('f00d', 'second')]);
  assert.equal((await openCaptionLog(file)).get(key)?.alt, 'second');
});

test('reads lines of other processes on refresh', async () => {
  const file = createMemoryLineFile();
  const log = await openCaptionLog(file);
  file.lines.push(answerLine('f00d', 'theirs'));
  assert.equal(log.get(key), undefined);
  await log.refresh();
  assert.equal(log.get(key)?.alt, 'theirs');
});

test('ignores torn, foreign and newer lines', async () => {
  const file = createMemoryLineFile([
    answerLine('f00d', 'good').slice(0, 40),
    'null',
    '{"v":2,"fingerprint":"f00d"}',
    JSON.stringify({ v: 1, ...key, alt: 5 }),
    answerLine('f00d', 'good'),
    '\u{FFFD}\u{FFFD}',
  ]);
  assert.equal((await openCaptionLog(file)).get(key)?.alt, 'good');
});

test('does not cache an answer that could not be written', async () => {
  const file = createMemoryLineFile();
  const log = await openCaptionLog({
    ...file,
    append: () => Promise.reject(new NotesightError('memory_unwritable', 'disk full')),
  });
  await assert.rejects(log.put({ ...key, ...texts }, 'a.png'), { code: 'memory_unwritable' });
  assert.equal(log.get(key), undefined);
});

test('compacts a log that is more than half stale and keeps newer lines', async () => {
  const newer = '{"v":2,  "of":"a newer version"}';
  const file = createMemoryLineFile();
  for (let i = 0; i < 600; i++) file.lines.push(answerLine(`a${i % 300}`, `first ${i}`));
  file.lines.push(newer, '{"torn');
  for (let i = 0; i < 600; i++) file.lines.push(answerLine(`a${i % 300}`, `last ${i}`));
  const log = await openCaptionLog(file);
  assert.equal(file.lines.length, 301);
  assert.equal(file.lines[0], newer);
  assert.equal(log.get({ ...key, fingerprint: 'a7' })?.alt, 'last 307');
  assert.equal((await openCaptionLog(file)).get({ ...key, fingerprint: 'a7' })?.alt, 'last 307');
});

test('keeps a log that is short or at most half stale', async () => {
  const short = createMemoryLineFile(Array.from({ length: 999 }, () => answerLine('f00d', 'same')));
  const half = createMemoryLineFile(Array.from({ length: 1000 }, (_, i) => answerLine(`a${i % 500}`, 'x')));
  await openCaptionLog(short);
  await openCaptionLog(half);
  assert.equal(short.lines.length, 999);
  assert.equal(half.lines.length, 1000);
});

test('opens a stale log when it is read-only', async () => {
  const file = createMemoryLineFile(Array.from({ length: 2000 }, () => answerLine('f00d', 'same')));
  const log = await openCaptionLog({
    ...file,
    rewrite: () => Promise.reject(new NotesightError('memory_unwritable', 'read-only')),
  });
  assert.equal(log.get(key)?.alt, 'same');
});

test('returns the last answer about the image at each path', async () => {
  const file = createMemoryLineFile();
  const log = await openCaptionLog(file);
  await log.put({ ...key, ...texts }, 'a.png');
  const record = log.get(key);
  assert.ok(record);
  await log.saw(record, 'copy.png');
  await log.saw(record, 'copy.png');
  assert.equal(file.lines.length, 2);
  const again = await openCaptionLog(file);
  assert.deepEqual(
    ['a.png', 'copy.png', 'b.png'].map((path) => again.at(path)?.alt),
    ['A cat', 'A cat', undefined],
  );
  await again.put({ ...key, ...texts, fingerprint: 'beef', alt: 'A dog' }, 'a.png');
  assert.deepEqual([again.at('a.png')?.alt, again.at('copy.png')?.alt], ['A dog', 'A cat']);
});

test('ignores a new path of an image when the log is read-only', async () => {
  const file = createMemoryLineFile();
  const log = await openCaptionLog(file);
  await log.put({ ...key, ...texts }, 'a.png');
  const record = log.get(key);
  file.append = () => Promise.reject(new NotesightError('memory_unwritable', 'read-only'));
  assert.ok(record);
  await log.saw(record, 'copy.png');
  assert.equal(log.at('copy.png'), undefined);
});

test('returns the answer with an alt text only for its image', async () => {
  const file = createMemoryLineFile();
  const log = await openCaptionLog(file);
  await log.put({ ...key, ...texts, engine: 'embedded' }, 'read.png');
  await log.put({ ...key, ...texts, fingerprint: 'beef', provenance: 'text-only' }, 'told.png');
  await log.put({ ...key, ...texts, fingerprint: 'cafe' }, 'seen.png');
  for (const each of [log, await openCaptionLog(file)]) {
    assert.deepEqual(
      ['read.png', 'told.png', 'seen.png', 'other.png'].map(
        (name) => each.answerWith('A cat', name)?.fingerprint,
      ),
      [key.fingerprint, 'beef', 'cafe', undefined],
    );
    assert.equal(each.answerWith('A dog', 'read.png'), undefined, 'a person wrote that');
  }
});

test('reads the provenance of lines written before the field existed', async () => {
  const old = { ...key, ...texts, provenance: undefined, at: '2026-01-02T03:04:05.678Z' };
  const line = (fingerprint: string, over: object) => JSON.stringify({ v: 1, ...old, fingerprint, ...over });
  const file = createMemoryLineFile();
  await file.append(line('a', {}));
  await file.append(line('b', { version: '1~told' }));
  await file.append(line('c', { engine: 'embedded' }));
  const log = await openCaptionLog(file);
  assert.deepEqual(
    ['a', 'b', 'c'].map((print) => [log.last(print)?.provenance, log.last(print)?.version]),
    [
      ['vision', 1],
      ['text-only', '1'],
      ['recognizers', 1],
    ],
  );
  assert.ok(log.get({ ...key, fingerprint: 'b', provenance: 'text-only', version: '1' }), 'by its new key');
});

test('keeps but does not return answers that are no longer valid', async () => {
  const bad = [
    "I'm sorry, but I can't see any image. Please upload it.",
    '抱歉，我无法查看图片。',
    '{"alt_text":"A red kite"}',
    'N/A',
    'string',
    'Image',
    '@@@@',
    'A red circle<|im_end|>',
  ];
  for (const alt of bad) {
    const lines = [answerLine('f00d', alt)];
    const file = createMemoryLineFile([...lines]);
    const log = await openCaptionLog(file);
    assert.equal(log.get(key), undefined, alt);
    assert.equal(log.last('f00d'), undefined, alt);
    assert.deepEqual(file.lines, lines);
    await log.put({ ...key, ...texts }, 'a.png');
    assert.equal(log.get(key)?.alt, 'A cat', alt);
    assert.deepEqual(file.lines.slice(0, 1), lines);
  }
});

test('returns the results of recognizers unchanged', async () => {
  const line = answerLine('f00d', 'Image').replace('"ollama"', '"embedded"');
  const log = await openCaptionLog(createMemoryLineFile([line]));
  assert.equal(log.get({ ...key, engine: 'embedded' })?.alt, 'Image');
});
