import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import type { ChatCall } from '../fakes/chat-call.ts';
import type { FakeModel, FakeOllama } from '../fakes/fake-ollama.ts';
import { NOTE, startPlugin, type PluginHarness, type PluginWindow } from './open-plugin.ts';
import { serveSquares, squares } from './serve-squares.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const model: FakeModel = {
  ...squares,
  answer: (call: ChatCall) => {
    if (call.text.includes('Give the line and the tags.'))
      return { line: 'About squares.', tags: ['squares', 'Test'] };
    return call.format === undefined
      ? '### Squares\n\n- One is **wider** [2] <b>x</b>'
      : squares.answer?.(call);
  },
};

const SECTION = '## Summary\n\n### Squares\n\n- One is **wider** [image 2](b.png) x';

async function summarize(
  t: TestContext,
  files: Readonly<Record<string, string>> = { 'note.md': NOTE },
): Promise<{ readonly window: PluginWindow; readonly fake: FakeOllama }> {
  const fake = await serveSquares(t, { models: [model] });
  const window = await plugin.open(t, fake.url, { files });
  await window.runCommand('notesight:summarize-note');
  return { window, fake };
}

test('shows a summary with images and writes nothing before a click', async (t) => {
  const { window, fake } = await summarize(t);
  const { page } = window;
  await page.getByText('About squares. #squares #test').waitFor();
  assert.equal(
    await page.locator('.modal .notesight-answer').innerText(),
    'Squares\nOne is wider [2] <b>x</b>',
  );
  assert.equal(await window.editorText(), NOTE);
  const whole = fake.chats.find(({ text }) => text.includes('Summarise the note.'));
  assert.match(whole?.text ?? '', /\[image 1: Square 80 wide[^]*Words between[^]*\[image 2: Square 90 wide/);
  await page.getByRole('button', { name: 'Copy' }).click();
  await page.waitForFunction(async () => (await navigator.clipboard.readText()).startsWith('## Summary'));
});

test('writes at the top as one undo step, and replaces the previous summary', async (t) => {
  const { window } = await summarize(t);
  const { page } = window;
  const main = page.getByRole('button', { name: 'Insert at the top' });
  await main.waitFor();
  assert.equal(await main.evaluate((each) => each === document.activeElement), true);
  await main.click();
  const written = await window.untilText(/notesight:summary/);
  assert.ok(written.includes(SECTION), written);
  assert.equal(
    written
      .replace(/<!-- notesight[^]*\/notesight:summary -->\n\n/, '')
      .replace(/\n\n<!-- notesight[^]*\/notesight:summary -->/, ''),
    NOTE,
  );
  await window.runCommand('notesight:summarize-note');
  await page.getByRole('button', { name: 'Replace summary' }).click();
  await page.waitForTimeout(200);
  assert.equal(await window.editorText(), written);
  await page.locator('.cm-content').focus();
  await page.keyboard.press('Control+z');
  await window.untilText(/^(?![^]*notesight:summary)/);
  assert.equal(await window.editorText(), NOTE);
});

test('warns before replacing a manually edited summary', async (t) => {
  const changed = `<!-- notesight:summary 0000 -->\n\n## Summary\n\nMine.\n\n<!-- /notesight:summary -->\n\n${NOTE}`;
  const { window } = await summarize(t, { 'note.md': changed });
  const { page } = window;
  await page.getByText('The summary in the note was edited by hand.').waitFor();
  assert.equal(await window.editorText(), changed);
  await page.getByRole('button', { name: 'Replace summary' }).click();
  assert.doesNotMatch(await window.untilText(/wider/), /Mine\./);
});

test('keeps a manually edited summary by default and saves the new one to a note', async (t) => {
  const changed = `<!-- notesight:summary 0000 -->\n\n## Summary\n\nMine.\n\n<!-- /notesight:summary -->\n\n${NOTE}`;
  const { window } = await summarize(t, { 'note.md': changed });
  await window.page.getByText('The summary in the note was edited by hand.').waitFor();
  const main = window.page.locator('.notesight-summary-modal .mod-cta');
  assert.equal(await main.innerText(), 'Save to a new note');
  await main.click();
  await window.waitForNote('note (summary).md', /^## Summary\n\n### Squares/);
  assert.equal(await window.diskText('note.md'), changed);
});

test('moves a summary to another place as one undo step', async (t) => {
  const { window } = await summarize(t);
  const { page } = window;
  await page.getByRole('button', { name: 'Insert at the top' }).click();
  const atTop = await window.untilText(/notesight:summary/);
  await window.runCommand('notesight:summarize-note');
  await page.getByRole('button', { name: 'Insert at the bottom' }).click();
  const atBottom = await window.untilText(/b\.png\)\n\n<!-- notesight:summary/);
  assert.equal(atBottom.match(/<!-- notesight:summary/g)?.length, 1);
  await page.locator('.cm-content').focus();
  await page.keyboard.press('Control+z');
  assert.equal(await window.untilText(/^# Note\n\n<!-- notesight/), atTop);
});

test('inserts after the paragraph at the cursor, one heading level below', async (t) => {
  const fake = await serveSquares(t, { models: [model] });
  const window = await plugin.open(t, fake.url);
  await window.setCursor(NOTE.indexOf('between'));
  await window.runCommand('notesight:summarize-note');
  await window.page.getByRole('button', { name: 'Insert at the cursor' }).click();
  const written = await window.untilText(/notesight:summary/);
  assert.match(
    written,
    /Words between\.\n\n<!-- notesight:summary \w+ -->\n\n## Summary\n[^]*\n\n!\[\]\(b\.png\)\n$/,
  );
});

test('writes to a separate, linked note', async (t) => {
  const { window } = await summarize(t);
  const { page } = window;
  await page.getByRole('button', { name: 'Save to a new note' }).click();
  await window.waitForNote('note (summary).md', /^## Summary\n\n### Squares/);
  await window.waitForNote('note.md', /\[\[note \(summary\)(?:\|[^\]]*)?\]\]/);
});

test('merges tags and the line into the properties on request', async (t) => {
  const note = `---\ntags:\n  - Squares\n---\n${NOTE}`;
  const { window } = await summarize(t, { 'note.md': note });
  const { page } = window;
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Insert at the bottom' }).click();
  await window.waitForNote('note.md', /tags:\n +- Squares\n +- test\nsummary: About squares\.\n/);
});

test('undoes the summary and its properties byte for byte', async (t) => {
  const note = `---\ntitle: 'My  note'   # mine\ntags: [Squares]\n---\n${NOTE}`;
  const { window } = await summarize(t, { 'note.md': note });
  await window.page.getByRole('checkbox').check();
  await window.page.getByRole('button', { name: 'Insert at the top' }).click();
  const written = await window.untilText(/notesight:summary/);
  assert.ok(
    written.startsWith(
      "---\ntitle: 'My  note'   # mine\ntags: [Squares, test]\nsummary: About squares.\n---\n# Note\n",
    ),
    written,
  );
  await window.runCommand('notesight:undo-batch');
  assert.equal(await window.untilNotice(/^Reverted/), 'Reverted 1 summary in 1 note.');
  assert.equal(await window.editorText(), note);
});

test('writes summary and properties as one undo step', async (t) => {
  const { window } = await summarize(t);
  await window.page.getByRole('checkbox').check();
  await window.page.getByRole('button', { name: 'Insert at the bottom' }).click();
  assert.match(
    await window.untilText(/notesight:summary/),
    /^---\ntags:\n {2}- squares\n {2}- test\nsummary: /,
  );
  await window.page.locator('.cm-content').focus();
  await window.page.keyboard.press('Control+z');
  assert.equal(await window.untilText(/^# Note/), NOTE);
});

test('moves a note created for a summary to the trash on undo', async (t) => {
  const { window } = await summarize(t);
  await window.page.getByRole('checkbox').check();
  await window.page.getByRole('button', { name: 'Save to a new note' }).click();
  await window.waitForNote('note (summary).md', /^---\ntags:\n {2}- squares\n[^]*## Summary/);
  await window.waitForNote('note.md', /\[\[note \(summary\)/);
  await window.runCommand('notesight:undo-batch');
  assert.equal(await window.untilNotice(/^Reverted/), 'Reverted 1 summary in 2 notes.');
  assert.equal(await window.diskText('note (summary).md'), null);
  await window.waitForNote('note.md', /^# Note\n\n!\[\[a/);
  assert.equal(await window.diskText('note.md'), NOTE);
});

test('keeps unusual properties unchanged and reports it', async (t) => {
  const note = `---\n{ tags: [mine] }\n---\n${NOTE}`;
  const { window } = await summarize(t, { 'note.md': note });
  await window.page.getByRole('checkbox').check();
  await window.page.getByRole('button', { name: 'Insert at the bottom' }).click();
  await window.untilNotice(/^Summary saved without properties/);
  assert.ok((await window.editorText()).startsWith(note));
});

test('stops the model when closed', async (t) => {
  const fake = await serveSquares(t, { models: [model] });
  fake.next({ kind: 'hang' });
  const window = await plugin.open(t, fake.url);
  await window.runCommand('notesight:summarize-note');
  await window.page.getByRole('button', { name: 'Stop' }).click();
  await window.page.locator('.modal').waitFor({ state: 'detached' });
  await window.page.waitForTimeout(300);
  const chats = fake.seen.filter(({ path }) => path === '/api/chat');
  for (const { ended } of chats) assert.equal(await ended, 'disconnected');
  assert.equal(await window.editorText(), NOTE);
});
