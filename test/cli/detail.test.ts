import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { gemma3, qwen25vl } from '../fakes/fake-models.ts';
import { type FakeModel, type FakeOllama, startFakeOllama } from '../fakes/fake-ollama.ts';
import { nearSighted, taskOf } from '../fakes/near-sighted-model.ts';
import { largeLetters, thinLine } from '../pages.ts';
import { notesight, type Run, SAMPLES, scratch } from './notesight.ts';

/** A vault with a page whose thin line is lost in an encoder, and one with large letters. */
async function vaultOf(t: TestContext): Promise<string> {
  const vault = scratch(t);
  mkdirSync(join(vault, '.obsidian'));
  writeFileSync(join(vault, 'line.png'), await thinLine());
  writeFileSync(join(vault, 'letters.png'), await largeLetters());
  writeFileSync(join(vault, 'note.md'), '# Pages\n\n![[line.png]]\n\n![[letters.png]]\n');
  return vault;
}

async function serve(t: TestContext, ...models: readonly FakeModel[]): Promise<FakeOllama> {
  const fake = await startFakeOllama({ models: models.length > 0 ? models : [nearSighted] });
  t.after(() => fake.close());
  return fake;
}

const caption = (vault: string, fake: FakeOllama, ...args: readonly string[]): Promise<Run> =>
  notesight(['caption', vault, ...args], { env: { OLLAMA_HOST: fake.url } });

const tasksOf = (fake: FakeOllama, from = 0) => fake.chats.slice(from).map(taskOf);

test('describes each image with one request and says which images tiles would help', async (t) => {
  const fake = await serve(t);
  const vault = await vaultOf(t);
  const run = await caption(vault, fake, '--no-text-hint');
  assert.equal(run.code, 0, run.stderr);
  assert.deepEqual(tasksOf(fake), ['whole', 'whole']);
  assert.match(
    run.stderr,
    /1 image has fine print\. Use --detail auto to analyze it in tiles: about 3\.5 times as long \(\d+ s more\)\./,
  );
  // Images answered from the cache are not analyzed again.
  assert.doesNotMatch((await caption(vault, fake, '--no-text-hint')).stderr, /fine print/);
  assert.equal(fake.chats.length, 2);
});

test('analyzes tiles of the page with a thin line and prints the cost first with --detail auto', async (t) => {
  const fake = await serve(t);
  const vault = await vaultOf(t);
  const run = await caption(vault, fake, '--no-text-hint', '--detail', 'auto');
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /^\+!\[\[line\.png\|A thin line on a page\.\]\]$/m);
  assert.match(
    run.stderr,
    /1 image has fine print\. Analyzing tiles takes 5 more requests, about \d+ tokens [^]*1\/2 line\.png/,
  );
  assert.deepEqual(tasksOf(fake).toSorted(), ['merge', ...Array<string>(4).fill('part'), 'whole', 'whole']);

  const again = await caption(vault, fake, '--no-text-hint', '--detail', 'auto');
  assert.equal(again.stdout, run.stdout);
  assert.doesNotMatch(again.stderr, /fine print/);
  assert.equal(fake.chats.length, 7);
});

test('neither analyzes nor mentions tiles with --detail off, and requests only tiles later', async (t) => {
  const fake = await serve(t);
  const vault = await vaultOf(t);
  const off = await caption(vault, fake, '--no-text-hint', '--detail', 'off');
  assert.match(off.stdout, /^\+!\[\[line\.png\|An empty page\.\]\]$/m);
  assert.doesNotMatch(off.stderr, /fine print/);
  assert.deepEqual(tasksOf(fake), ['whole', 'whole']);
  const auto = await caption(vault, fake, '--no-text-hint', '--detail', 'auto');
  assert.match(auto.stdout, /A thin line on a page/);
  assert.deepEqual(tasksOf(fake, 2), [...Array<string>(4).fill('part'), 'merge']);
});

test('replaces alt text written without tiles, but not by the user, with --detail auto', async (t) => {
  const fake = await serve(t);
  const vault = await vaultOf(t);
  const note = join(vault, 'note.md');
  writeFileSync(join(vault, 'own.md'), '![[line.png|My own line]]\n');
  await caption(vault, fake, '--no-text-hint', '--write');
  assert.match(readFileSync(note, 'utf8'), /!\[\[line\.png\|An empty page\.\]\]/);
  const letters = /!\[\[letters\.png\|[^\]]+\]\]/.exec(readFileSync(note, 'utf8'))?.[0] ?? '';
  assert.notEqual(letters, '');

  const auto = await caption(vault, fake, '--no-text-hint', '--write', '--detail', 'auto');
  assert.match(auto.stderr, /1 to describe/);
  assert.match(readFileSync(note, 'utf8'), /!\[\[line\.png\|A thin line on a page\.\]\]/);
  assert.ok(readFileSync(note, 'utf8').includes(letters));
  assert.equal(readFileSync(join(vault, 'own.md'), 'utf8'), '![[line.png|My own line]]\n');
  const again = await caption(vault, fake, '--no-text-hint', '--write', '--detail', 'auto');
  assert.match(again.stderr, /0 to describe/);
});

test('analyzes tiles of every downscaled image with --detail always', async (t) => {
  const fake = await serve(t);
  const run = await caption(await vaultOf(t), fake, '--no-text-hint', '--detail', 'always');
  assert.match(run.stderr, /2 images have fine print\. Analyzing tiles takes 14 more requests/);
  assert.equal(tasksOf(fake).filter((task) => task === 'merge').length, 2);
});

test('reuses the answer for the whole page when tiles were stopped by Ctrl-C', async (t) => {
  const fake = await serve(t);
  const vault = await vaultOf(t);
  writeFileSync(join(vault, 'note.md'), '![[line.png]]\n');
  fake.next({ kind: 'answer', text: JSON.stringify(WHOLE) }, { kind: 'hang' });
  const run = await notesight(['caption', vault, '--write', '--no-text-hint', '--detail', 'auto'], {
    env: { OLLAMA_HOST: fake.url },
    onStderr: (text, stop) => {
      if (text.includes('more requests'))
        void untilAsked(fake, 2).then(() => {
          stop('SIGINT');
        });
    },
  });
  assert.equal(run.code, 130, run.stderr);
  const off = await caption(vault, fake, '--write', '--no-text-hint', '--detail', 'off');
  assert.equal(off.code, 0, off.stderr);
  assert.match(readFileSync(join(vault, 'note.md'), 'utf8'), /!\[\[line\.png\|The whole page\.\]\]/);
});

const WHOLE = { alt: 'The whole page.', description: 'A page.', tags: [], decorative: false, text: '' };

async function untilAsked(fake: FakeOllama, times: number): Promise<void> {
  while (fake.chats.length < times) await new Promise((resolve) => setImmediate(resolve));
}

test('sends the text read by OCR unless --no-text-hint is set', async (t) => {
  const vault = scratch(t);
  mkdirSync(join(vault, '.obsidian'));
  copyFileSync(join(SAMPLES, 'attachments/learning-rates.png'), join(vault, 'slide.png'));
  writeFileSync(join(vault, 'note.md'), '![[slide.png]]\n');
  const fake = await serve(t, gemma3);
  const hinted = await caption(vault, fake);
  assert.equal(hinted.code, 0, hinted.stderr);
  assert.match(fake.chats[0]?.messages.at(-1)?.content ?? '', /^<text>\n[^]+\n<\/text>$/m);
  await caption(vault, fake, '--no-text-hint');
  assert.doesNotMatch(fake.chats[1]?.messages.at(-1)?.content ?? '', /<text>/);
});

test('describes each image with the second model, too, with --second-model', async (t) => {
  const second: FakeModel = { ...qwen25vl, answer: () => ({ ...WHOLE, alt: 'Two lines.' }) };
  const fake = await serve(t, nearSighted, second);
  const vault = await vaultOf(t);
  const args = [
    '--model',
    'gemma3:4b',
    '--second-model',
    'qwen2.5vl:7b',
    '--detail',
    'off',
    '--no-text-hint',
  ];
  const run = await caption(vault, fake, ...args);
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stderr, /Cross-checking with qwen2\.5vl:7b: three requests per image/);
  assert.deepEqual(
    fake.chats.map(({ model }) => model),
    ['gemma3:4b', 'qwen2.5vl:7b', 'gemma3:4b', 'gemma3:4b', 'qwen2.5vl:7b', 'gemma3:4b'],
  );
  const missing = await caption(vault, fake, '--second-model', 'nobody:1b');
  assert.equal(missing.code, 1);
  assert.match(missing.stderr, /nobody:1b/);
});
