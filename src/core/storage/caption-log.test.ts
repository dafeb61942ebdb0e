import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryLineFile } from '../../../test/fakes/memory-line-file.ts';
import { NotesightError } from '../errors.ts';
import { type CaptionKey, openCaptionLog } from './caption-log.ts';

const key: CaptionKey = {
  ...{ fingerprint: 'f00d', engine: 'ollama', model: 'llava', language: 'en', version: 1 },
  provenance: 'vision',
};
const told = { alt: 'A cat', description: 'A cat\non a mat.', text: '', tags: ['cat'], decorative: false };

const answerLine = (fingerprint: string, alt: string) =>
  JSON.stringify({ v: 1, ...key, ...told, fingerprint, alt, at: '2026-01-02T03:04:05.678Z' });

test('an answer is known again when the log is opened anew', async () => {
  const file = createMemoryLineFile();
  const log = await openCaptionLog(file);
  await log.put({ ...key, ...told }, 'a.png');
  const first = log.get(key);
  const again = (await openCaptionLog(file)).get(key);
  assert.deepEqual(again, first);
  assert.deepEqual(again, { ...key, ...told, at: again?.at, files: ['a.png'] });
  assert.ok(Math.abs(Date.parse(again.at) - Date.now()) < 60_000);
  assert.equal(file.lines.length, 1);
});

test('an answer holds only for its image, engine, model, language and version', async () => {
  const log = await openCaptionLog(createMemoryLineFile());
  await log.put({ ...key, ...told }, 'a.png');
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

test('an answer to a prompt with words of the user is known again', async () => {
  const file = createMemoryLineFile();
  const own: CaptionKey = { ...key, version: '1+c0ffee' };
  await (await openCaptionLog(file)).put({ ...own, ...told }, 'a.png');
  const log = await openCaptionLog(file);
  assert.equal(log.get(own)?.alt, 'A cat');
  assert.equal(log.get(key), undefined);
});

test('the last answer about an image is known, whoever gave it', async () => {
  const log = await openCaptionLog(createMemoryLineFile());
  assert.equal(log.last(key.fingerprint), undefined);
  await log.put({ ...key, ...told }, 'a.png');
  await log.put({ ...key, language: 'ru', ...told, alt: 'Кот' }, 'a.png');
  assert.equal(log.last(key.fingerprint)?.alt, 'Кот');
});

test('the last answer of a key wins', async () => {
  const file = createMemoryLineFile([answerLine('f00d', 'first'), answerLine('f00d', 'second')]);
  assert.equal((await openCaptionLog(file)).get(key)?.alt, 'second');
});

test('what another process appended is read in on refresh', async () => {
  const file = createMemoryLineFile();
  const log = await openCaptionLog(file);
  file.lines.push(answerLine('f00d', 'theirs'));
  assert.equal(log.get(key), undefined);
  await log.refresh();
  assert.equal(log.get(key)?.alt, 'theirs');
});

test('torn, foreign and newer lines are passed over', async () => {
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

test('what could not be written is not remembered', async () => {
  const file = createMemoryLineFile();
  const log = await openCaptionLog({
    ...file,
    append: () => Promise.reject(new NotesightError('memory_unwritable', 'disk full')),
  });
  await assert.rejects(log.put({ ...key, ...told }, 'a.png'), { code: 'memory_unwritable' });
  assert.equal(log.get(key), undefined);
});

test('a log more than half stale is compacted, and what a newer version wrote stays in its place', async () => {
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

test('a short log, and one at most half stale, is left as it is', async () => {
  const short = createMemoryLineFile(Array.from({ length: 999 }, () => answerLine('f00d', 'same')));
  const half = createMemoryLineFile(Array.from({ length: 1000 }, (_, i) => answerLine(`a${i % 500}`, 'x')));
  await openCaptionLog(short);
  await openCaptionLog(half);
  assert.equal(short.lines.length, 999);
  assert.equal(half.lines.length, 1000);
});

test('a stale log that may not be written opens all the same', async () => {
  const file = createMemoryLineFile(Array.from({ length: 2000 }, () => answerLine('f00d', 'same')));
  const log = await openCaptionLog({
    ...file,
    rewrite: () => Promise.reject(new NotesightError('memory_unwritable', 'read-only')),
  });
  assert.equal(log.get(key)?.alt, 'same');
});

test('the last answer about the image at a path is known, at each place where it was seen, and none elsewhere', async () => {
  const file = createMemoryLineFile();
  const log = await openCaptionLog(file);
  await log.put({ ...key, ...told }, 'a.png');
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
  await again.put({ ...key, ...told, fingerprint: 'beef', alt: 'A dog' }, 'a.png');
  assert.deepEqual([again.at('a.png')?.alt, again.at('copy.png')?.alt], ['A dog', 'A cat']);
});

test('where nothing may be written, an image seen elsewhere is no error', async () => {
  const file = createMemoryLineFile();
  const log = await openCaptionLog(file);
  await log.put({ ...key, ...told }, 'a.png');
  const record = log.get(key);
  file.append = () => Promise.reject(new NotesightError('memory_unwritable', 'read-only'));
  assert.ok(record);
  await log.saw(record, 'copy.png');
  assert.equal(log.at('copy.png'), undefined);
});

test('finds the answer with an alt text only for the image it was given to', async () => {
  const file = createMemoryLineFile();
  const log = await openCaptionLog(file);
  await log.put({ ...key, ...told, engine: 'embedded' }, 'read.png');
  await log.put({ ...key, ...told, fingerprint: 'beef', provenance: 'text-only' }, 'told.png');
  await log.put({ ...key, ...told, fingerprint: 'cafe' }, 'seen.png');
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

test('reads the provenance of lines that were written before it was a field', async () => {
  const old = { ...key, ...told, provenance: undefined, at: '2026-01-02T03:04:05.678Z' };
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

test('what is no answer is not served, though an earlier version took it, and its line stays as it is', async () => {
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
    await log.put({ ...key, ...told }, 'a.png');
    assert.equal(log.get(key)?.alt, 'A cat', alt);
    assert.deepEqual(file.lines.slice(0, 1), lines);
  }
});

test('what recognizers found is served in their own words', async () => {
  const line = answerLine('f00d', 'Image').replace('"ollama"', '"embedded"');
  const log = await openCaptionLog(createMemoryLineFile([line]));
  assert.equal(log.get({ ...key, engine: 'embedded' })?.alt, 'Image');
});
