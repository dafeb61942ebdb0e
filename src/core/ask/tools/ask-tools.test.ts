import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotesightError } from '../../errors.ts';
import type { PixelRegion } from '../../ports.ts';
import { type AskTool, createAskTools } from './ask-tools.ts';
import { partInPixels, partOfPixels } from './image-part.ts';
import { type CallLimits, createToolCaller } from './tool-caller.ts';
import type { ToolImages } from './tool-images.ts';
import type { Toolbox } from './toolbox.ts';

const never = new AbortController().signal;
const SIZE = { width: 200, height: 100 };
const LIMITS: CallLimits = { calls: 8, callTime: 60_000, totalTime: 60_000 };

/** Creates tools that record how they are called and which files are read. */
function setUp(changes: Partial<Toolbox> = {}) {
  const asked: unknown[] = [];
  const read: string[] = [];
  const toolbox: Toolbox = {
    recognizers: {
      readText(file, region) {
        asked.push(['read', file, region]);
        return Promise.resolve('Some text');
      },
      findObjects: () =>
        Promise.resolve([{ label: 'cat', score: 0.913, box: { x: 20, y: 10, width: 100, height: 90 } }]),
    },
    look(file, region, question) {
      asked.push(['look', file, region, question]);
      return Promise.resolve('A red dot');
    },
    searchNotes: (query) => Promise.resolve([{ note: 'n.md', file: 'a.png', text: query }]),
    searchWeb: (query) => Promise.resolve([{ title: 'T', url: 'https://x.test', content: query }]),
    ...changes,
  };
  const images: ToolImages = {
    images: {
      read(file) {
        read.push(file);
        return Promise.resolve(new Uint8Array(1));
      },
    },
    codec: {
      fit: (_bytes, size) => Promise.resolve({ ...size(SIZE), bytes: new Uint8Array(1), type: 'image/png' }),
    },
    files: new Map([
      [1, 'a.png'],
      [3, 'c.png'],
    ]),
  };
  return { tools: createAskTools(toolbox, images), asked, read };
}

/** The result of a call. */
function call(tools: readonly AskTool[], name: string, args: unknown, limits = LIMITS) {
  const text = typeof args === 'string' ? args : JSON.stringify(args);
  return createToolCaller(tools, limits).check({ name, arguments: text }).run(never);
}

test('offers the tools that the host supports, in a constant order', () => {
  const names = (changes: Partial<Toolbox>) => setUp(changes).tools.map(({ offer }) => offer.name);
  const all = ['read_text', 'find_objects', 'look', 'search_notes', 'web_search'];
  assert.deepEqual(names({}), all);
  assert.deepEqual(names({ recognizers: null }), all.slice(2));
  assert.deepEqual(names({ look: null, searchWeb: null }), ['read_text', 'find_objects', 'search_notes']);
  assert.deepEqual(names({ recognizers: null, look: null, searchNotes: null, searchWeb: null }), []);
});

test('accepts the ways in which models write numbers and regions', async () => {
  const left: PixelRegion = { x: 0, y: 0, width: 100, height: 100 };
  const cases: [unknown, PixelRegion | null][] = [
    [{ image: 3 }, null],
    [{ image: '3' }, null],
    [{ image: '[3]' }, null],
    [{ image: 3, left: null }, null],
    [{ image: 3, left: 0, top: 0, right: 100, bottom: 100 }, null],
    [{ image: 3, right: 50 }, left],
    [{ image: 3, left: 0, top: 0, right: 50, bottom: 100 }, left],
    [{ image: 3, left: 0, top: 0, right: '50%', bottom: '100' }, left],
    [{ image: 3, left: 0, top: 0, right: 0.5, bottom: 1 }, left],
    [JSON.stringify(JSON.stringify({ image: 3, right: 50 })), left],
    [
      { image: 3, left: 25, top: 50, right: 75, bottom: 100 },
      { x: 50, y: 50, width: 100, height: 50 },
    ],
    [{ image: 3, more: 'words' }, null],
  ];
  for (const [args, region] of cases) {
    const { tools, asked } = setUp();
    const { failed, result } = await call(tools, 'read_text', args);
    assert.equal(failed, false, `${JSON.stringify(args)}: ${result}`);
    assert.deepEqual(asked, [['read', 'c.png', region]], JSON.stringify(args));
  }
});

test('explains wrong arguments briefly without reading a file', async () => {
  const cases: [string, unknown, RegExp][] = [
    ['read_text', { image: 2 }, /There is no image 2 here\. There are: 1, 3\./],
    ['read_text', { image: 0 }, /at image: the number of an image/],
    ['read_text', { image: 1.5 }, /at image: the number of an image/],
    ['read_text', { image: '../secret.png' }, /at image/],
    ['read_text', { image: ['a.png'] }, /at image/],
    ['read_text', {}, /at image/],
    ['read_text', [], /Wrong arguments/],
    ['read_text', null, /Wrong arguments/],
    ['read_text', '', /at image/],
    ['read_text', '{"image": 1', /no JSON/],
    ['read_text', '"{"', /no JSON/],
    ['read_text', { image: 1, left: 900, right: 1200 }, /at left: from 0 to 100/],
    ['read_text', { image: 1, left: -5 }, /at left: from 0 to 100/],
    ['read_text', { image: 1, left: 60, right: 40 }, /right must be greater than left/],
    ['read_text', { image: 1, top: 50, bottom: 50 }, /bottom must be greater than top/],
    ['read_text', `{"image":1,"left":1e999}`, /at left/],
    ['look', { image: 1, question: 'x'.repeat(600) }, /at question: at most 500 characters/],
    ['search_notes', { query: ' ' }, /at query: some words/],
    ['web_search', { query: 'x'.repeat(201) }, /at query: at most 200 characters/],
    ['web_search', { query: 'x'.repeat(10_000_000) }, /too long/],
    ['__proto__', {}, /no tool of that name\. There are: read_text, find_objects/],
    ['constructor', {}, /no tool of that name/],
    ['x'.repeat(10_000), {}, /no tool of that name/],
  ];
  for (const [name, args, words] of cases) {
    const { tools, asked, read } = setUp();
    const { failed, result } = await call(tools, name, args);
    const label = `${name.slice(0, 20)} ${JSON.stringify(args).slice(0, 60)}`;
    assert.match(result, words, label);
    assert.equal(failed, true, label);
    assert.ok(result.length < 200, label);
    assert.deepEqual([asked, read], [[], []], label);
  }
});

test('never throws and reads only files of the conversation, whatever the arguments', async () => {
  const name = fc.constantFrom('read_text', 'find_objects', 'look', 'search_notes', 'web_search');
  const value = fc.oneof(fc.jsonValue(), fc.double(), fc.integer({ min: -200, max: 300 }), fc.constant('1'));
  const args = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .dictionary(fc.constantFrom('image', 'left', 'top', 'right', 'bottom', 'question', 'query'), value)
      .map((each) => JSON.stringify(each)),
  );
  await fc.assert(
    fc.asyncProperty(name, args, async (tool, text) => {
      const { tools, asked, read } = setUp();
      await call(tools, tool, text);
      for (const file of [...read, ...asked.map((each) => (each as string[])[1] ?? '')])
        assert.ok(['a.png', 'c.png'].includes(file), file);
      for (const [, , region] of asked as [string, string, PixelRegion | null][]) {
        if (region === null) continue;
        assert.ok(region.x >= 0 && region.y >= 0 && region.width >= 1 && region.height >= 1);
        assert.ok(region.x + region.width <= SIZE.width && region.y + region.height <= SIZE.height);
      }
    }),
    { numRuns: 500 },
  );
});

test('returns detections with coordinates in percent that a region accepts', async () => {
  const { tools } = setUp();
  const { result } = await call(tools, 'find_objects', { image: 1 });
  assert.equal(result, 'cat (91 % sure): left 10, top 10, right 60, bottom 100');
  const box = { x: 20, y: 10, width: 100, height: 90 };
  assert.deepEqual(partInPixels(partOfPixels(box, SIZE), SIZE), box);
});

test('names images of the conversation by number and others by file', async () => {
  const { tools } = setUp({
    searchNotes: () =>
      Promise.resolve([
        { note: 'n.md', file: 'c.png', text: 'A lake' },
        { note: 'm.md', file: 'z.png', text: 'x'.repeat(5000) },
      ]),
  });
  const { result } = await call(tools, 'search_notes', { query: 'lake' });
  assert.match(result, /^Note n\.md, image \[3\]: A lake\nNote m\.md, image z\.png: x+$/);
  assert.ok(result.length < 500);
});

test('reuses the result of an identical call, which still counts', async () => {
  const { tools, asked } = setUp();
  const caller = createToolCaller(tools, { ...LIMITS, calls: 3 });
  const results = [];
  for (const args of ['{"image":1}', '{ "image": "1" }', '{"image":1,"left":0}'])
    results.push(await caller.check({ name: 'read_text', arguments: args }).run(never));
  assert.deepEqual(new Set(results.map(({ result }) => result)), new Set(['Some text']));
  assert.equal(asked.length, 1);
  assert.equal(caller.isSpent, true);
});

test('returns the call as it was understood, without unknown arguments', () => {
  const caller = createToolCaller(setUp().tools, LIMITS);
  const written = '{"image":"[1]","left":"0","right":0.5,"question":" How many? ","command":"rm"}';
  const { arguments: args } = caller.check({ name: ' look', arguments: written });
  assert.deepEqual(JSON.parse(args), {
    image: 1,
    ...{ left: 0, top: 0, right: 50, bottom: 100 },
    question: 'How many?',
  });
});

test('reports a failing call, and ends one that hangs', async () => {
  const missing = new NotesightError('image_missing', 'gone', { data: { path: 'a.png' } });
  const failing = setUp({ look: () => Promise.reject(missing) });
  const { result, failed } = await call(failing.tools, 'look', { image: 1, question: 'What?' });
  assert.equal(failed, true);
  assert.match(result, /^It failed: .*a\.png/);

  const hanging = setUp({ look: () => new Promise(() => undefined) });
  const hangs = (callTime: number, totalTime: number) => {
    const caller = createToolCaller(hanging.tools, { calls: 8, callTime, totalTime });
    return {
      caller,
      ended: caller.check({ name: 'look', arguments: '{"image":1,"question":"?"}' }).run(never),
    };
  };
  const long = hangs(5, 60_000);
  assert.match((await long.ended).result, /took too long/);
  assert.equal(long.caller.isSpent, false);
  const all = hangs(60_000, 5);
  assert.match((await all.ended).result, /took too long/);
  assert.equal(all.caller.isSpent, true);
  const late = all.caller.check({ name: 'find_objects', arguments: '{"image":1}' });
  assert.match((await late.run(never)).result, /no time left/);
});

test('ends a call at once when it is stopped', async () => {
  const stop = new AbortController();
  const { tools } = setUp({ look: () => new Promise(() => undefined) });
  const running = createToolCaller(tools, LIMITS)
    .check({ name: 'look', arguments: '{"image":1,"question":"?"}' })
    .run(stop.signal);
  stop.abort();
  await assert.rejects(running, { code: 'cancelled' });
});
