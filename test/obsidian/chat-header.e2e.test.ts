import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { textOnly } from '../fakes/fake-models.ts';
import { startPlugin, type PluginHarness } from './open-plugin.ts';
import { openQuestionBox } from './open-question-box.ts';
import { serveSquares, squares } from './serve-squares.ts';
import { untilAsked } from './until-asked.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

async function openChat(t: TestContext) {
  const other = { ...squares, name: 'llava:7b' };
  const fake = await serveSquares(t, {
    models: [textOnly, other, { ...squares, answer: () => 'It is [1].' }],
  });
  const window = await plugin.open(t, fake.url);
  const { page } = window;
  const { ask } = await openQuestionBox(window);
  return {
    fake,
    window,
    page,
    ask: async (question: string) => {
      await ask(question);
      const turn = page.locator('.notesight-turn[aria-busy=false]').last();
      await turn.locator('.notesight-answer', { hasText: 'It is' }).waitFor();
    },
    more: async (entry: string) => {
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByText(entry, { exact: true }).click();
    },
  };
}

test('shows the model that answers and lets the user choose another', async (t) => {
  const { page, window, fake, ask } = await openChat(t);
  const button = page.getByRole('button', { name: /^Model: / });
  assert.equal(await button.innerText(), 'Automatic');
  await ask('What is it?');
  assert.equal(await button.innerText(), squares.name);
  await button.click();
  const rows = page.locator('.prompt .suggestion-item');
  await rows.nth(3).waitFor();
  const texts = await rows.allInnerTexts();
  assert.match(texts[0] ?? '', /^Automatic: gemma3:4b/);
  assert.match(texts[3] ?? '', new RegExp(`^${textOnly.name}`), 'text-only models come last');
  await rows.filter({ hasText: 'llava:7b' }).click();
  await page.getByRole('button', { name: /^Model: llava:7b/ }).waitFor();
  assert.equal((await window.data())['model'], 'llava:7b');
  const count = fake.chats.length;
  await page.getByRole('button', { name: 'Regenerate' }).click();
  await untilAsked(fake, count + 1);
  assert.equal(fake.chats[count]?.model, 'llava:7b');
});

test('renames a conversation, also in the history and after a restart', async (t) => {
  const { page, window, ask, more } = await openChat(t);
  await ask('What is it?');
  await more('Rename conversation');
  const input = page.getByRole('textbox', { name: 'Title' });
  await input.fill('  Squares  ');
  await input.press('Enter');
  await page.locator('.notesight-conversation-title', { hasText: 'Squares' }).waitFor();
  await more('Rename conversation');
  await input.fill('Nothing');
  await input.press('Escape');
  await window.disablePlugin();
  await window.enablePlugin();
  await window.runCommand('notesight:ask-note');
  await page.locator('.notesight-conversation-title', { hasText: 'Squares' }).waitFor();
  await page.getByRole('button', { name: 'New conversation' }).click();
  await page.getByRole('button', { name: 'History' }).click();
  await page.getByRole('button', { name: /^Squares/ }).waitFor();
});

test('shows what the model saw', async (t) => {
  const { page, ask } = await openChat(t);
  await ask('What is it?');
  await page.getByRole('button', { name: 'Details' }).click();
  const modal = page.locator('.modal', { hasText: 'What the model saw' });
  const text = await modal.locator('pre').innerText();
  assert.match(
    text,
    /^Answer: [\d.]+ seconds, \d+ tokens?, [\d.,]+ tokens per second\n\nImages:\n\[1\] a\.png, sent as 80 × 80 pixels, about \d+ tokens\n\[2\] b\.png, sent as 90 × 90 pixels, about \d+ tokens\n\nText \(about \d+ tokens\)\n/,
  );
  assert.match(text, /<images>\n\[1\] \(not described yet\) a\.png[^]*Question: What is it\?$/);
});

test('saves a conversation as a note next to the current one', async (t) => {
  const { page, window, ask, more } = await openChat(t);
  await ask('What is a/b?');
  await more('Save conversation as a note');
  const written = await window.untilText(/What is a/);
  assert.equal(written, '[note](note.md)\n\n## What is a/b?\n\nIt is [[a.png|image 1]].\n');
  await window.waitForNote('note – What is a b.md', written);
  await window.activateNote('note.md');
  await page.getByRole('button', { name: 'More actions' }).waitFor();
  await more('Save conversation as a note');
  await window.untilText(/What is a/);
  await window.waitForNote('note – What is a b 2.md', written);
});
