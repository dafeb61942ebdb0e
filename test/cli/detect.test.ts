import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { gemma4, llava, qwen25vl, qwen3vl } from '../fakes/fake-models.ts';
import type { FakeModel, FakeOllama } from '../fakes/fake-ollama.ts';
import { startFakeOllama } from '../fakes/fake-ollama.ts';
import { notesight, rows, type Run, scratch } from './notesight.ts';

const PHOTO = fileURLToPath(new URL('../fixtures/photos/coffee.jpg', import.meta.url));

async function serve(t: TestContext, ...models: readonly FakeModel[]): Promise<FakeOllama> {
  const fake = await startFakeOllama({ models });
  t.after(() => fake.close());
  return fake;
}

/** A Russian note with a strip, 1000 × 200, and a photo of a cup, 600 × 400. */
async function vaultOf(t: TestContext): Promise<string> {
  const vault = scratch(t);
  const strip = sharp({ create: { width: 1000, height: 200, channels: 3, background: '#dddddd' } });
  writeFileSync(join(vault, 'strip.png'), await strip.png().toBuffer());
  cpSync(PHOTO, join(vault, 'coffee.jpg'));
  const words = 'Эти изображения стоят в заметке, написанной по-русски.';
  writeFileSync(join(vault, 'note.md'), `# Заметка\n\n${words}\n\n![](strip.png)\n\n![](coffee.jpg)\n`);
  return vault;
}

const where = (args: readonly string[], fake?: FakeOllama): Promise<Run> =>
  notesight(['detect', ...args], fake === undefined ? {} : { env: { OLLAMA_HOST: fake.url } });

test('converts the box format of each model family to pixels of the image', async (t) => {
  const vault = await vaultOf(t);
  for (const model of [qwen25vl, qwen3vl, gemma4]) {
    const fake = await serve(t, model);
    const run = await where([join(vault, 'strip.png')], fake);
    assert.equal(run.code, 0, run.stderr);
    assert.equal(run.stdout, 'strip.png  250,50,500,100  a square\nstrip.png  0,0,125,50  the corner\n');
    assert.equal(run.stderr, `strip.png: 2 objects detected by ${model.name}.\n`);
    assert.equal(fake.chats.length, 1);
  }
});

test('detects objects in all images of a note or in one, named in the language of the note', async (t) => {
  const vault = await vaultOf(t);
  const fake = await serve(t, qwen3vl);
  const all = await where([join(vault, 'note.md'), '--json'], fake);
  assert.equal(all.code, 0, all.stderr);
  assert.deepEqual(
    rows(all).map(({ file }) => file),
    ['strip.png', 'strip.png', 'coffee.jpg', 'coffee.jpg'],
  );
  assert.match(fake.chats[0]?.text ?? '', /words in Russian/);
  const listed = fake.seen.filter(({ path }) => path === '/api/tags').length;
  assert.equal(listed, 1, 'the model is looked for once, however many images there are');
  const one = await where([join(vault, 'note.md'), '--json', '--image', '2', '--language', 'de'], fake);
  assert.deepEqual(rows(one)[0], {
    ...{ file: 'coffee.jpg', name: 'a square', model: 'qwen3-vl:8b' },
    ...{ x: 150, y: 100, width: 300, height: 200 },
  });
  assert.match(fake.chats.at(-1)?.text ?? '', /words in German/);
});

test('uses the recognizers and prints why when there is no server or suitable model', async (t) => {
  const vault = await vaultOf(t);
  for (const [fake, why] of [
    [undefined, /Can't reach the server/],
    [await serve(t, llava), /llava:7b doesn't support object detection/],
  ] as const) {
    const run = await where([join(vault, 'note.md'), '--image', '2'], fake);
    assert.equal(run.code, 0, run.stderr);
    assert.match(run.stdout, /^coffee\.jpg {2}\d+,\d+,\d+,\d+ {2}чашка\n$/);
    assert.match(run.stderr, /1 object detected by the embedded engine\./);
    assert.match(run.stderr, why);
  }
});

test('uses the recognizers when the named server has no suitable model', async (t) => {
  const vault = await vaultOf(t);
  const fake = await serve(t, llava);
  const run = await where([join(vault, 'coffee.jpg'), '--host', fake.url]);
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stderr, /detected by the embedded engine\. .*llava:7b doesn't support object detection/);
});

test('uses a named model or fails', async (t) => {
  const vault = await vaultOf(t);
  const fake = await serve(t, llava, qwen25vl);
  const photo = join(vault, 'coffee.jpg');
  assert.match((await where([photo], fake)).stderr, /detected by qwen2\.5vl:7b/);
  const run = await where([photo, '--model', 'llava:7b'], fake);
  assert.equal(run.code, 1);
  assert.match(run.stderr, /llava:7b doesn't support object detection.*Use another model/);
  assert.match((await where([photo, '--model', 'nope'], fake)).stderr, /nope is not on the server/);
  assert.equal((await where([photo, '--host', 'http://127.0.0.1:1'])).code, 1);
});

test('draws the boxes over the image', async (t) => {
  const vault = await vaultOf(t);
  const fake = await serve(t, qwen3vl);
  const png = join(vault, 'out.png');
  const run = await where([join(vault, 'strip.png'), '--out', png], fake);
  assert.equal(run.code, 0, run.stderr);
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  assert.deepEqual([info.width, info.height], [1000, 200]);
  const color = (x: number, y: number) =>
    [...data.subarray((y * info.width + x) * info.channels)].slice(0, 3).join();
  assert.notEqual(color(250, 100), '221,221,221', 'the edge of the box is there');
  assert.equal(color(500, 140), '221,221,221', 'and its inside is left');

  fake.next({ kind: 'answer', text: '[{"bbox_2d":[0,0,500,500],"label":"<b>&\\"x\\"</b>"}]' });
  const svg = join(vault, 'out.svg');
  await where([join(vault, 'strip.png'), '--out', svg], fake);
  const text = readFileSync(svg, 'utf8');
  assert.match(text, /<image href="data:image\/png;base64,/);
  assert.match(text, />&#60;b&#62;&#38;&#34;x&#34;&#60;\/b&#62;<\/text>/);
});

test('reports each kind of wrong use with its exit code', async (t) => {
  const vault = await vaultOf(t);
  const fake = await serve(t, qwen3vl);
  const note = join(vault, 'note.md');
  writeFileSync(join(vault, 'empty.md'), 'No images.\n');
  writeFileSync(join(vault, 'broken.png'), 'no image');
  const cases: [string[], number, RegExp][] = [
    [[vault], 2, /requires an image or a note, not a folder/],
    [[join(vault, 'empty.md')], 2, /empty\.md has no readable images/],
    [[join(vault, 'nope.png')], 2, /does not exist/],
    [[note, '--image', '3'], 2, /has only 2 readable images; there is no image 3/],
    [[join(vault, 'strip.png'), '--image', '1'], 2, /--image works only with a note/],
    [[note, '--out', join(vault, 'x.png')], 2, /--out requires a single image/],
    [[note, '--image', '1', '--out', 'x.gif'], 2, /x\.gif must end in one of \.svg/],
    [[note, '--image', '1', '--out', join(vault, 'nope/x.png')], 2, /can't be written/],
    [[join(vault, 'broken.png')], 1, /broken\.png|image/i],
    [[PHOTO, '--vault', vault], 2, /coffee\.jpg is outside the vault/],
  ];
  for (const [args, code, words] of cases) {
    const run = await where(args, fake);
    assert.match(run.stderr, words);
    assert.equal(run.code, code, run.stderr);
  }
});

test('stops on Ctrl-C', { timeout: 60_000 }, async (t) => {
  const vault = await vaultOf(t);
  const fake = await serve(t, qwen3vl);
  fake.next({ kind: 'answer', text: '[]' }, { kind: 'hang' });
  const run = await notesight(['detect', join(vault, 'note.md')], {
    env: { OLLAMA_HOST: fake.url },
    onStderr: (text, stop) => {
      if (text.includes('strip.png: 0 objects')) stop('SIGINT');
    },
  });
  assert.equal(run.code, 130, run.stderr);
  assert.match(run.stderr, /Stopped\.\n$/);
});

test('still accepts the former command name `where`, hidden from the help', async (t) => {
  const vault = await vaultOf(t);
  const run = await notesight(['where', join(vault, 'coffee.jpg')]);
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /^coffee\.jpg {2}\d+,\d+,\d+,\d+ {2}\S/);
  const help = await notesight(['--help']);
  assert.match(help.stdout, /^ {2}detect /m);
  assert.doesNotMatch(help.stdout, /^ {2}where /m);
});
