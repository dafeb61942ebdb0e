import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import type { ChatCall } from '../fakes/chat-call.ts';
import { startFakeOllama } from '../fakes/fake-ollama.ts';
import { startFakeOpenAi, type FakeOpenAi, type FakeOpenAiOptions } from '../fakes/fake-openai.ts';
import { held } from '../held.ts';
import { CAPTIONED, startPlugin, type PluginHarness, type PluginWindow } from './open-plugin.ts';
import { serveSquares, squares } from './serve-squares.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const SIGHTED = '.obsidian/plugins/notesight/sighted-models.jsonl';

/** Describes squares by their width, and answers a question with the images it received. */
const eyes = {
  name: 'square-vl',
  answer: (call: ChatCall) =>
    call.format === undefined
      ? `Shown: ${call.images.map((image) => image.readUInt32BE(16)).join(' and ')}.`
      : squares.answer?.(call),
};

async function serve(t: TestContext, options: Partial<FakeOpenAiOptions> = {}): Promise<FakeOpenAi> {
  const fake = await startFakeOpenAi({ models: [eyes], ...options });
  t.after(() => fake.close());
  return fake;
}

async function ask({ page, runCommand }: PluginWindow, question: string): Promise<string> {
  await runCommand('notesight:ask-note');
  const box = page.getByRole('textbox', { name: 'Question' });
  await box.fill(question);
  await box.press('Enter');
  await page.locator('.notesight-turn[aria-busy=false]').first().waitFor();
  return page.locator('.notesight-answer').first().innerText();
}

for (const tells of ['all', 'names'] as const) {
  test(`captions and answers with an OpenAI-compatible server that reports ${tells}`, async (t) => {
    const fake = await serve(t, { tells });
    const window = await plugin.open(t, fake.url, {
      data: { review: 'never', promptAddition: 'Name the color.' },
    });
    await window.runCommand('notesight:caption-note');
    assert.equal(await window.untilText(/Square 90/), CAPTIONED);
    assert.match(fake.chats.at(-1)?.messages[0]?.content ?? '', /Name the color\.$/);
    assert.equal(await ask(window, 'What is there?'), 'Shown: 80 and 90.');
    assert.equal(fake.seen.filter(({ path }) => path === '/api/version').length, 1, 'asked once what it is');
    assert.match((await window.diskText(SIGHTED)) ?? '', tells === 'names' ? /"model":"square-vl"/ : /^$/);
  });
}

test('works with a server that sends no CORS headers', async (t) => {
  const fake = await serve(t, { origins: 'none', key: 'secret' });
  const window = await plugin.open(t, `${fake.url}/v1`, {
    data: { review: 'never', tokenSecret: 'key' },
  });
  await window.page.evaluate(`app.secretStorage.setSecret('key', 'secret')`);
  await window.runCommand('notesight:caption-note');
  assert.equal(await window.untilText(/Square 90/), CAPTIONED);
  assert.equal(await ask(window, 'What is there?'), 'Shown: 80 and 90.');
});

test('continues a batch when one of two servers fails', async (t) => {
  const death = held();
  const dying = await startFakeOllama({
    models: [
      {
        ...squares,
        async answer() {
          await dying.close();
          death.release();
          return '';
        },
      },
    ],
  });
  const other = await serveSquares(t, {
    models: [{ ...squares, answer: (call) => death.hold.then(() => squares.answer?.(call)) }],
  });
  const window = await plugin.open(t, `${dying.url}, ${other.url}`);
  await window.runCommand('notesight:caption-note');
  assert.equal(await window.untilText(/Square 80[^]*Square 90/), CAPTIONED);
  await window.untilNotice(/^Updated 2 images/);
  const told = (await window.notices()).filter((notice) => notice.includes('server'));
  assert.equal(told.length, 2, told.join());
  assert.equal(told[0], `Using 2 servers: ${dying.url}, ${other.url}.`);
  assert.match(told[1] ?? '', new RegExp(`^Lost the server ${dying.url}; continuing with the others\\. `));
  assert.equal(other.chats.length, 2);
});
