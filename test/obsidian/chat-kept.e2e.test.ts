import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import type { Locator } from 'playwright-core';
import type { ChatCall } from '../fakes/chat-call.ts';
import { startFakeOllama, type Behavior, type FakeModel, type FakeOllama } from '../fakes/fake-ollama.ts';
import { freePort } from './free-port.ts';
import { imageCommand } from './image-command.ts';
import { NOTE, startPlugin, type PluginHarness, type PluginWindow } from './open-plugin.ts';
import { serveSquares, squares } from './serve-squares.ts';
import { untilAsked } from './until-asked.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const isQuestion = ({ format }: ChatCall): boolean => format === undefined;

/** Describes squares, and answers a question with the number of earlier ones. */
const model: FakeModel = {
  ...squares,
  answer: (call) =>
    isQuestion(call)
      ? `Answer ${call.messages.filter(({ role }) => role === 'user').length}.`
      : squares.answer?.(call),
};

const FILES = { 'note.md': NOTE, 'other.md': '![[a.png]]\n' };

/** The parts of the page used by these tests. */
interface Opened {
  readonly app: { readonly workspace: { detachLeavesOfType(type: string): void } };
}

interface Asked {
  readonly window: PluginWindow;
  readonly fake: FakeOllama;
  readonly box: Locator;
  readonly ask: (question: string) => Promise<void>;
  /** Waits for this many complete answers. */
  readonly answers: (count: number) => Promise<string[]>;
  readonly questions: () => Promise<string[]>;
  readonly press: (name: string | RegExp) => Promise<void>;
  /** Disables and enables the plugin, and opens the panel. */
  readonly restart: () => Promise<void>;
  /** The stored conversations. */
  readonly kept: () => Promise<string>;
}

async function openChat(
  t: TestContext,
  more: { readonly data?: Record<string, unknown> } = {},
  server?: FakeOllama,
): Promise<Asked> {
  const fake = server ?? (await serveSquares(t, { models: [model] }));
  const window = await plugin.open(t, fake.url, { files: FILES, ...more });
  const { page } = window;
  const box = page.locator('.notesight-form').getByRole('textbox', { name: 'Question' });
  const open = async () => {
    await window.runCommand('notesight:ask-note');
    await page.getByText(/\d of \d images? selected/).waitFor();
  };
  await open();
  return {
    window,
    fake,
    box,
    async ask(question) {
      await box.fill(question);
      await box.press('Enter');
    },
    async answers(count) {
      await page
        .locator('.notesight-turn[aria-busy=false] .notesight-answer', { hasText: /\S/ })
        .nth(count - 1)
        .waitFor();
      return page.locator('.notesight-answer').allInnerTexts();
    },
    questions: () => page.locator('.notesight-turn > .notesight-question-text:first-child').allInnerTexts(),
    press: (name) => page.locator('.notesight-chat').getByRole('button', { name }).first().click(),
    async restart() {
      await window.disablePlugin();
      await window.enablePlugin();
      await open();
    },
    kept: async () => (await window.diskText('.obsidian/plugins/notesight/conversations.json')) ?? '',
  };
}

/** Waits until a text is on disk. */
async function untilKept({ window }: Asked, text: string): Promise<void> {
  await window.waitForNote('.obsidian/plugins/notesight/conversations.json', text);
}

/** Three questions with their answers. */
async function threeTurns(chat: Asked): Promise<string[]> {
  for (const [index, question] of ['First?', 'Second?', 'Third?'].entries()) {
    await chat.ask(question);
    await chat.answers(index + 1);
  }
  return chat.answers(3);
}

const ALL = ['First?', 'Second?', 'Third?'];
const WAITING: readonly Behavior[] = [{ kind: 'hang' }];

test('keeps every turn when Regenerate is stopped before its answer', async (t) => {
  const chat = await openChat(t);
  const said = await threeTurns(chat);
  chat.fake.next(...WAITING);
  await chat.press('Regenerate');
  await chat.window.page.getByText('Waiting for the model…').waitFor();
  assert.deepEqual(await chat.questions(), ALL, 'while it waits');
  for (const question of ALL) assert.ok((await chat.kept()).includes(question), question);
  await chat.press('Stop');
  await chat.window.page.getByText('Waiting for the model…').waitFor({ state: 'detached' });
  assert.deepEqual(await chat.questions(), ALL);
  assert.deepEqual(await chat.answers(3), said);
  await chat.restart();
  assert.deepEqual(await chat.answers(3), said);
});

test('keeps every turn and the edited question when there is no server', async (t) => {
  const first = await startFakeOllama({ models: [model] });
  const chat = await openChat(t, {}, first);
  const { page } = chat.window;
  const said = await threeTurns(chat);
  await first.close();
  await chat.press('Edit');
  await page.keyboard.type(' Really?');
  await page.keyboard.press('Enter');
  await page.locator('.notesight-error', { hasText: "Can't reach" }).waitFor();
  assert.deepEqual(await chat.questions(), ALL);
  assert.deepEqual(await chat.answers(3), said);
  await page.locator('.notesight-asking', { hasText: 'First? Really?' }).waitFor();
  await page.getByRole('button', { name: 'Continue editing' }).waitFor();
  await chat.restart();
  assert.deepEqual(await chat.answers(3), said);
  await page.getByText('1 / 2').waitFor();

  const again = await startFakeOllama({ models: [model], port: first.port });
  t.after(() => again.close());
  await chat.press('Next version');
  await page.getByText('Stopped.').waitFor();
  assert.deepEqual(await chat.questions(), ['First? Really?']);
  await chat.press('Retry');
  await chat.answers(1);
  await chat.press('Previous version');
  assert.deepEqual(await chat.answers(3), said);
});

test('keeps replaced turns as another version, even after a restart', async (t) => {
  const chat = await openChat(t);
  const { page } = chat.window;
  await threeTurns(chat);
  await page.getByRole('button', { name: 'Edit' }).nth(1).click();
  await page.keyboard.type(' Otherwise?');
  await page.keyboard.press('Enter');
  await page.getByText('2 / 2').waitFor();
  assert.deepEqual(await chat.questions(), ['First?', 'Second? Otherwise?']);
  await untilKept(chat, 'Otherwise?","content":"Question');
  await chat.restart();
  await page.getByText('2 / 2').waitFor();
  await chat.press('Previous version');
  await page.getByText('1 / 2').waitFor();
  assert.deepEqual(await chat.questions(), ALL);
  await chat.ask('Fourth?');
  assert.equal((await chat.answers(4)).at(-1), 'Answer 4.');
  await chat.press('Next version');
  await page.getByText('2 / 2').waitFor();
  assert.deepEqual(await chat.questions(), ['First?', 'Second? Otherwise?']);
});

test('keeps the question and the replaced turns when the plugin stops during an answer', async (t) => {
  const chat = await openChat(t);
  const { page } = chat.window;
  await threeTurns(chat);
  chat.fake.next({ kind: 'stall', after: 1 });
  await chat.press('Edit');
  await page.keyboard.type(' Or not?');
  await page.keyboard.press('Enter');
  await untilKept(chat, 'First? Or not?');
  const cut = await chat.kept();
  await chat.window.disablePlugin();
  // Simulates a kill: nothing was written after the question.
  await chat.window.writeOutside('.obsidian/plugins/notesight/conversations.json', cut);
  await chat.window.enablePlugin();
  await chat.window.runCommand('notesight:ask-note');
  await page.getByText('1 / 2').waitFor();
  assert.deepEqual(await chat.questions(), ALL);
  await chat.press('Next version');
  await page.getByText('2 / 2').waitFor();
  assert.deepEqual(await chat.questions(), ['First? Or not?']);
});

test('reads the backup when a write was interrupted after the old file was removed', async (t) => {
  const path = '.obsidian/plugins/notesight/conversations.json.new';
  const turn = { question: 'Spared?', answer: 'Yes.', end: 'done', content: 'x', pictures: [], told: [] };
  const conversation = { files: [], turns: [turn], preface: null };
  const text = JSON.stringify({ notes: [['note.md', conversation]] });
  const window = await plugin.open(t, 'http://127.0.0.1:9', { files: { ...FILES, [path]: text } });
  await window.runCommand('notesight:ask-note');
  await window.page.locator('.notesight-question-text', { hasText: 'Spared?' }).waitFor();
});

test('returns the question as stopped when the image descriptions are stopped', async (t) => {
  const chat = await openChat(t);
  const { page } = chat.window;
  chat.fake.next(...WAITING);
  await chat.ask('What is it?');
  await untilAsked(chat.fake, 1);
  assert.equal(await chat.box.inputValue(), '');
  await chat.press('Stop');
  await page.getByText('Stopped.').waitFor();
  assert.equal(await chat.box.inputValue(), 'What is it?');
  assert.deepEqual(await chat.questions(), ['What is it?']);
  await chat.restart();
  assert.deepEqual(await chat.questions(), ['What is it?']);
  assert.equal(await chat.box.inputValue(), 'What is it?');
  await chat.press('Retry');
  assert.deepEqual(await chat.answers(1), ['Answer 1.']);
  assert.deepEqual(await chat.questions(), ['What is it?'], 'it is not asked twice');
  assert.equal(await chat.box.inputValue(), '');
});

test('never replaces a question that is being typed with a failed one', async (t) => {
  const chat = await openChat(t);
  chat.fake.next(...WAITING);
  await chat.ask('What is it?');
  await untilAsked(chat.fake, 1);
  await chat.box.fill('Something else');
  await chat.press('Stop');
  await chat.window.page.getByText('Stopped.').waitFor();
  assert.equal(await chat.box.inputValue(), 'Something else');
  await chat.box.press('Enter');
  await chat.answers(1);
  assert.deepEqual(await chat.questions(), ['What is it?', 'Something else']);
});

test('keeps a question with Retry when the server or the model is missing', async (t) => {
  const chat = await openChat(t, { data: { review: 'never', model: 'gone:7b' } });
  const { page } = chat.window;
  await chat.ask('What is it?');
  await page.locator('.notesight-error', { hasText: 'gone:7b' }).waitFor();
  assert.equal(await chat.box.inputValue(), 'What is it?');
  await page.getByRole('button', { name: 'Retry' }).waitFor();
  await untilKept(chat, 'What is it?');

  const window = await plugin.open(t, `http://127.0.0.1:${await freePort()}`);
  await window.runCommand('notesight:ask-note');
  const box = window.page.getByRole('textbox', { name: 'Question' });
  await box.fill('And now?');
  await box.press('Enter');
  await window.page.locator('.notesight-chat .notesight-error', { hasText: "Can't reach" }).waitFor();
  assert.equal(await box.inputValue(), 'And now?');
  await box.press('Enter');
  await window.page.locator('.notesight-chat .notesight-error', { hasText: "Can't reach" }).waitFor();
  assert.equal(
    await window.page.locator('.notesight-turn').count(),
    1,
    'asked once more, it is no second turn',
  );
});

test('undoes a new conversation and keeps the previous one in the history', async (t) => {
  const chat = await openChat(t);
  const { page } = chat.window;
  const said = await threeTurns(chat);
  await chat.press('New conversation');
  await page.getByText('Ask a question about the images.').waitFor();
  await chat.press('Undo');
  assert.deepEqual(await chat.answers(3), said);
  await chat.press('New conversation');
  await page.getByText('Ask a question about the images.').waitFor();
  await chat.ask('Anew?');
  await chat.answers(1);
  await untilKept(chat, 'Anew?');
  await chat.restart();
  await chat.press('History');
  await page.getByRole('list', { name: 'Previous conversations' }).getByText('First?').click();
  assert.deepEqual(await chat.answers(3), said);

  await chat.press('History');
  await chat.press('Delete “Anew?”');
  await page.getByText('Deleted the conversation.').waitFor();
  assert.equal(await page.locator('.notesight-past').count(), 0);
  await chat.press('Undo');
  await page.locator('.notesight-past', { hasText: 'Anew?' }).waitFor();
  await chat.press('Delete “Anew?”');
  await page.locator('.notesight-past').waitFor({ state: 'detached' });
  await chat.restart();
  assert.deepEqual(await chat.answers(3), said);
  assert.doesNotMatch(await chat.kept(), /Anew/);
});

test('moves a conversation with a running answer to the history with its question', async (t) => {
  const chat = await openChat(t);
  const { page } = chat.window;
  chat.fake.next(...WAITING);
  await chat.ask('What is it?');
  await untilAsked(chat.fake, 1);
  await chat.press('New conversation');
  await page.getByText('Ask a question about the images.').waitFor();
  await chat.press('History');
  await page.locator('.notesight-past', { hasText: 'What is it?' }).waitFor();
});

test('clears the history but keeps the draft question', async (t) => {
  const chat = await openChat(t);
  const { page } = chat.window;
  await chat.ask('What is it?');
  await chat.answers(1);
  await chat.press('New conversation');
  await chat.box.fill('A question that waits');
  await chat.window.runCommand('notesight:clear-conversations');
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await chat.window.untilNotice(/^Cleared/);
  assert.equal(await page.getByRole('button', { name: 'History' }).count(), 0);
  assert.doesNotMatch(await chat.kept(), /What is it/);
  assert.equal(await chat.box.inputValue(), 'A question that waits');
});

test('keeps a draft with its note when switching, closing, restarting and renaming', async (t) => {
  const chat = await openChat(t);
  const { window, box } = chat;
  const { page } = window;
  await box.fill('About the note');
  await window.openNote('other.md', 'here');
  await page.getByText('1 of 1 image selected').waitFor();
  assert.equal(await box.inputValue(), '');
  await box.fill('About the other');
  await window.openNote('note.md', 'here');
  await page.getByText('2 of 2 images selected').waitFor();
  assert.equal(await box.inputValue(), 'About the note');
  await page.evaluate(() => {
    (globalThis as unknown as Opened).app.workspace.detachLeavesOfType('notesight-chat');
  });
  await page.locator('.notesight-chat').waitFor({ state: 'detached' });
  await window.runCommand('notesight:ask-note');
  await page.getByText('2 of 2 images selected').waitFor();
  assert.equal(await box.inputValue(), 'About the note');
  await chat.restart();
  assert.equal(await box.inputValue(), 'About the note');
  await window.renameFile('note.md', 'Moved.md');
  await chat.restart();
  assert.equal(await box.inputValue(), 'About the note');
  await window.openNote('other.md', 'here');
  await page.getByText('1 of 1 image selected').waitFor();
  assert.equal(await box.inputValue(), 'About the other');
  await box.press('Enter');
  await chat.answers(1);
  await chat.restart();
  assert.equal(await box.inputValue(), '', 'what was asked is no draft');
});

test('restores the draft and the conversation of a deleted note that returns', async (t) => {
  const chat = await openChat(t);
  const { window, box } = chat;
  const { page } = window;
  await chat.ask('What is it?');
  await chat.answers(1);
  await box.fill('About the note');
  await window.deleteFile('note.md');
  await window.openNote('other.md', 'here');
  await page.getByText('1 of 1 image selected').waitFor();
  await window.writeOutside('note.md', NOTE);
  await window.openNote('note.md', 'here');
  await page.getByText('2 of 2 images selected').waitFor();
  assert.equal(await box.inputValue(), 'About the note');
  assert.deepEqual(await chat.questions(), ['What is it?']);
});

test('keeps the selected images and region with the draft', async (t) => {
  const chat = await openChat(t);
  const { page } = chat.window;
  await page.getByRole('checkbox', { name: 'Image 2: b.png' }).uncheck();
  await imageCommand(page, 1, 'Ask about a region…');
  await page.locator('.notesight-region-image').evaluate((img: HTMLImageElement) => img.decode());
  await page.keyboard.press('Enter');
  await page.getByText('Region of [1]: 40 × 40 pixels').waitFor();
  await chat.restart();
  await page.getByText('Region of [1]: 40 × 40 pixels').waitFor();
  await page.getByText('1 of 2 images selected').waitFor();
  chat.fake.next(...WAITING);
  await chat.ask('What is there?');
  await untilAsked(chat.fake, 1);
  assert.equal(await page.locator('.notesight-chip:visible').count(), 0);
  await chat.press('Stop');
  await page.getByText('Region of [1]: 40 × 40 pixels').waitFor();
});

test('continues an unsent edit after a restart', async (t) => {
  const chat = await openChat(t);
  const { page } = chat.window;
  await chat.ask('What is it?');
  await chat.answers(1);
  await chat.press('Edit');
  await page.keyboard.type(' Really?');
  await page.keyboard.press('Escape');
  await chat.window.openNote('other.md', 'here');
  await page.getByText('1 of 1 image selected').waitFor();
  await chat.window.openNote('note.md', 'here');
  await chat.restart();
  await chat.press('Continue editing');
  await page.keyboard.press('Enter');
  await page.getByText('2 / 2').waitFor();
  assert.deepEqual(await chat.questions(), ['What is it? Really?']);
  assert.equal(await page.getByRole('button', { name: 'Continue editing' }).count(), 0);
});
