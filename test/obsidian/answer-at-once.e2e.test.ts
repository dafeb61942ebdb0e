import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import type { ChatCall } from '../fakes/chat-call.ts';
import type { Behavior } from '../fakes/fake-ollama.ts';
import { startPlugin, type PluginHarness } from './open-plugin.ts';
import { openQuestionBox } from './open-question-box.ts';
import { serveSquares, squares } from './serve-squares.ts';
import { square } from './square.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const WIDTHS = Array.from({ length: 28 }, (_, index) => 20 + index);

const isQuestion = ({ format }: ChatCall): boolean => format === undefined;

/** Opens the chat about a note with 28 images, none of which has a description. */
async function openChat(t: TestContext, behaviors: readonly Behavior[] = []) {
  const model = {
    ...squares,
    answer: (call: ChatCall) =>
      isQuestion(call)
        ? `Widths: ${call.text.match(/Square \d+ wide/g)?.length ?? 0} known.`
        : squares.answer?.(call),
  };
  const fake = await serveSquares(t, { models: [model] });
  fake.next(...behaviors);
  const images = await Promise.all(
    WIDTHS.map(async (width) => [`s${width}.png`, await square(width)] as const),
  );
  const note = WIDTHS.map((width) => `![](s${width}.png)\n`).join('\n');
  const window = await plugin.open(t, fake.url, {
    files: { 'note.md': note },
    binaries: Object.fromEntries(images),
  });
  const { page } = window;
  const { ask } = await openQuestionBox(window);
  return {
    fake,
    window,
    page,
    ask,
    answer: (text: string) => page.locator('.notesight-answer', { hasText: text }).waitFor(),
  };
}

test('answers at once, then analyzes the other images and answers again', async (t) => {
  const { fake, page, ask, answer } = await openChat(t);
  await ask('How many are there?');
  await answer('Widths: 0 known.');
  const sent = fake.chats[0]?.images.length ?? 0;
  assert.ok(sent > 1 && sent < 28, String(sent));
  await page.getByText(`Not considered: ${sent + 1}\u2060–\u206028.`).waitFor();
  await page.getByText('28 of 28 images analyzed').waitFor();
  assert.equal(
    fake.chats.filter((call) => !isQuestion(call)).length,
    28 - sent,
    'those that were sent are known',
  );
  await page.getByRole('button', { name: 'Answer again with all images' }).click();
  await answer(`Widths: ${28 - sent} known.`);
  assert.equal(await page.locator('.notesight-analysis:visible').count(), 0);
  assert.equal(await page.getByText('Not considered').count(), 0);
});

test('lets a question interrupt the analysis, and continues after it', async (t) => {
  const { fake, page, ask, answer } = await openChat(t, [
    { kind: 'answer', text: 'First.' },
    { kind: 'hang' },
  ]);
  await ask('How many?');
  await answer('First.');
  await page.getByText(/of 28 images analyzed/).waitFor();
  await ask('And now?');
  await answer('Widths: 0 known.');
  await page.getByText('28 of 28 images analyzed').waitFor();
  assert.ok(fake.chats.length > 20);
});

test('stops the analysis and can continue it, also after a restart', async (t) => {
  const { page, ask, answer, window } = await openChat(t, [
    { kind: 'answer', text: 'First.' },
    { kind: 'answer', text: '{"alt":"A red square"}' },
    { kind: 'hang' },
  ]);
  await ask('How many?');
  await answer('First.');
  const analysis = page.locator('.notesight-analysis');
  await page.getByText('5 of 28 images analyzed').waitFor();
  await analysis.getByRole('button', { name: 'Stop' }).click();
  await analysis.getByRole('button', { name: 'Analyze the rest' }).waitFor();
  await page.getByText('5 of 28 images analyzed').waitFor();
  await window.disablePlugin();
  await window.enablePlugin();
  await window.runCommand('notesight:ask-note');
  await analysis.getByRole('button', { name: 'Analyze the rest' }).click();
  await page.getByText('28 of 28 images analyzed').waitFor();
});

test('shows why the analysis stopped, with a way to continue', async (t) => {
  const { page, ask, answer } = await openChat(t, [
    { kind: 'answer', text: 'First.' },
    { kind: 'error', status: 404, error: 'model "gemma3:4b" not found' },
  ]);
  await ask('How many?');
  await answer('First.');
  const analysis = page.locator('.notesight-analysis');
  await analysis.getByText(/gemma3:4b/).waitFor();
  await analysis.getByRole('button', { name: 'Analyze the rest' }).click();
  await page.getByText('28 of 28 images analyzed').waitFor();
});
