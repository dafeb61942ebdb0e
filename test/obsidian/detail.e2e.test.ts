import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { qwen25vl } from '../fakes/fake-models.ts';
import { startFakeOllama, type FakeModel, type FakeOllama } from '../fakes/fake-ollama.ts';
import { nearSighted, taskOf } from '../fakes/near-sighted-model.ts';
import { largeLetters, thinLine } from '../pages.ts';
import { inReview } from './in-review.ts';
import { startPlugin, type PluginHarness } from './open-plugin.ts';

let plugin: PluginHarness;
let binaries: Record<string, Buffer>;

const NOTE = '![[line.png]]\n\n![[letters.png]]\n';

before(async () => {
  binaries = { 'line.png': await thinLine(), 'letters.png': await largeLetters() };
  plugin = await startPlugin();
});
after(() => plugin.close());

async function serve(t: TestContext, ...models: readonly FakeModel[]): Promise<FakeOllama> {
  const fake = await startFakeOllama({ models: models.length > 0 ? models : [nearSighted] });
  t.after(() => fake.close());
  return fake;
}

const open = (t: TestContext, fake: FakeOllama, data: object) =>
  plugin.open(t, fake.url, { data, binaries, files: { 'note.md': NOTE } });

const tasksOf = (fake: FakeOllama) => fake.chats.map(taskOf).toSorted();
const CLOSELY = ['merge', ...Array<string>(4).fill('part'), 'whole', 'whole'];

test('asks whether detailed analysis is worth its cost before a batch', async (t) => {
  const fake = await serve(t);
  const { page, runCommand, untilText } = await open(t, fake, { review: 'never', fineDetail: 'ask' });
  await runCommand('notesight:caption-note');
  const question = page.getByRole('dialog');
  await question
    .getByText('1 image has fine print or thin lines. Analyzing it in tiles takes 5 more requests')
    .waitFor();
  assert.equal(fake.chats.length, 0);
  await question.getByRole('button', { name: 'Analyze tiles' }).click();
  const text = await untilText(/letters\.png\|/);
  assert.match(text, /!\[\[line\.png\|A thin line on a page\.\]\]/);
  assert.deepEqual(tasksOf(fake), CLOSELY);
});

test('sends one request per image by default and reports images with fine print', async (t) => {
  const fake = await serve(t);
  const { page, runCommand, untilText } = await open(t, fake, { review: 'never' });
  await runCommand('notesight:caption-note');
  await untilText(/letters\.png\|/);
  await page.getByText('1 image has fine print or thin lines. To analyze it in tiles').waitFor();
  assert.deepEqual(tasksOf(fake), ['whole', 'whole']);
});

test('asks above the list in a review, and Escape skips the tiles', async (t) => {
  const fake = await serve(t);
  const { page, runCommand } = await open(t, fake, { fineDetail: 'ask' });
  await runCommand('notesight:caption-note');
  await page.getByRole('button', { name: 'Whole image only' }).waitFor();
  await page.keyboard.press('Escape');
  const { boxes, ready } = inReview(page);
  await ready(2);
  assert.equal(await boxes.first().inputValue(), 'An empty page.');
  assert.deepEqual(tasksOf(fake), ['whole', 'whole']);
});

test('does not ask when detailed analysis is set to on or off', async (t) => {
  for (const [fineDetail, tasks] of [
    ['on', CLOSELY],
    ['off', ['whole', 'whole']],
  ] as const) {
    const fake = await serve(t);
    const { page, runCommand } = await open(t, fake, { fineDetail });
    await runCommand('notesight:caption-note');
    await inReview(page).ready(2);
    assert.deepEqual(tasksOf(fake), tasks);
  }
});

test('sends a single image once, and asks when it is regenerated', async (t) => {
  const fake = await serve(t);
  const { page, runCommand, setCursor, untilText } = await open(t, fake, {});
  await setCursor(NOTE.indexOf('line.png'));
  await runCommand('notesight:caption-at-cursor');
  await untilText(/!\[\[line\.png\|An empty page\.\]\]/);
  assert.deepEqual(tasksOf(fake), ['whole']);
  await runCommand('notesight:describe-again');
  await page.getByRole('button', { name: 'Analyze tiles' }).click();
  const { boxes, ready } = inReview(page);
  await ready(1);
  assert.equal(await boxes.inputValue(), 'A thin line on a page.');
});

test('sends each image of a batch to the second model, too', async (t) => {
  const second: FakeModel = {
    ...qwen25vl,
    answer: () => ({ alt: 'Two lines.', description: '', tags: [], text: '' }),
  };
  const fake = await serve(t, nearSighted, second);
  const data = { fineDetail: 'off', model: 'gemma3:4b', secondModel: 'qwen2.5vl:7b' };
  const { page, runCommand } = await open(t, fake, data);
  await runCommand('notesight:caption-note');
  await inReview(page).ready(2);
  assert.deepEqual(
    fake.chats.map(({ model }) => model),
    ['gemma3:4b', 'qwen2.5vl:7b', 'gemma3:4b', 'gemma3:4b', 'qwen2.5vl:7b', 'gemma3:4b'],
  );
});
