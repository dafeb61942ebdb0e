import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { calling } from '../fakes/calling.ts';
import type { ChatCall } from '../fakes/chat-call.ts';
import type { FakeModel, FakeOllama } from '../fakes/fake-ollama.ts';
import { CAPTIONED, startPlugin, type PluginHarness, type PluginWindow } from './open-plugin.ts';
import { serveSquares, squares } from './serve-squares.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const isLook = ({ messages }: ChatCall): boolean => messages[0]?.content.startsWith('You look at') ?? false;
const questions = ({ chats }: FakeOllama): ChatCall[] =>
  chats.filter((call) => call.format === undefined && !isLook(call));

/** Examines a region of the first image, searches the notes and answers with the results. */
const model: FakeModel = {
  ...squares,
  name: 'qwen3-vl:8b',
  capabilities: ['completion', 'vision', 'tools'],
  answer(call) {
    if (call.format !== undefined) return squares.answer?.(call);
    if (isLook(call)) return `It is ${call.images[0]?.readUInt32BE(16) ?? 0} wide.`;
    if (call.tools.length === 0) return 'No tools.';
    const results = call.messages.filter(({ role }) => role === 'tool');
    const look = { image: 1, left: 0, top: 0, right: 50, bottom: 50, question: 'How wide?' };
    return (
      [calling('look', look), calling('search_notes', { query: 'square 90' }), calling('look', { image: 7 })][
        results.length
      ] ?? `Found on [1], and ${call.tools.join(' ')}.`
    );
  },
};

async function openChat(t: TestContext, options: Parameters<PluginHarness['open']>[2] = {}, served = model) {
  const fake = await serveSquares(t, { models: [served] });
  const window = await plugin.open(t, fake.url, options);
  await window.runCommand('notesight:ask-note');
  await window.page.getByRole('textbox', { name: 'Question' }).waitFor();
  return { window, fake };
}

/** Sends a question and waits for this many complete answers. */
async function ask({ page }: PluginWindow, question: string, answers: number): Promise<string> {
  const box = page.getByRole('textbox', { name: 'Question' });
  await box.fill(question);
  await box.press('Enter');
  const turn = page.locator('.notesight-turn[aria-busy=false]').nth(answers - 1);
  await turn.waitFor();
  return turn.locator('.notesight-answer').innerText();
}

const LINES = [
  'Examine a region of [1] (0–50% from the left, 0–50% from the top) “How wide?” · done Result',
  'Search notes: “square 90” · done Result',
  'Examine · failed Result',
];

test('runs tool calls, returns the results to the model and keeps them after a restart', async (t) => {
  const { window, fake } = await openChat(t);
  const { page } = window;
  await window.activateNote('note.md');
  await window.runCommand('notesight:caption-note');
  await window.untilText(/Square 90/);
  assert.equal(await ask(window, 'How wide?', 1), 'Found on [1], and look search_notes.');
  const lines = page.getByRole('list', { name: 'Tool calls' }).getByRole('listitem');
  assert.deepEqual(
    (await lines.allInnerTexts()).map((line) => line.replace(/\s+/g, ' ')),
    LINES,
  );
  await page.getByText('Result', { exact: true }).first().click();
  await page.getByText('It is 40 wide.').waitFor();
  const asked = questions(fake);
  const results = asked.at(-1)?.messages.filter(({ role }) => role === 'tool') ?? [];
  assert.deepEqual(
    results.map(({ content }) => content.split('\n')[1]),
    [
      'It is 40 wide.',
      'Note note.md, image [2]: Square 90 wide It was made by a test.',
      'There is no image 7 here. There are: 1, 2.',
    ],
  );
  await window.activateNote('note.md');
  assert.equal(await window.editorText(), CAPTIONED, 'nothing is written');

  await window.disablePlugin();
  await window.enablePlugin();
  await window.runCommand('notesight:ask-note');
  await lines.nth(2).waitFor();
  assert.deepEqual(
    (await lines.allInnerTexts()).map((line) => line.replace(/\s+/g, ' ')),
    LINES,
  );
  await ask(window, 'And?', 2);
  const sent = asked.at(-1)?.messages ?? [];
  assert.deepEqual(
    questions(fake).at(-1)?.messages.slice(0, sent.length),
    sent,
    'the calls are sent again as they were',
  );
});

test('shows a running tool call and can stop it', async (t) => {
  const hanging: FakeModel = {
    ...model,
    answer: (call) => (isLook(call) ? new Promise(() => undefined) : model.answer?.(call)),
  };
  const { window } = await openChat(t, {}, hanging);
  const { page } = window;
  const box = page.getByRole('textbox', { name: 'Question' });
  await box.fill('How wide?');
  await box.press('Enter');
  await page.locator('.notesight-call-running', { hasText: 'Examine' }).waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('button', { name: 'Ask', exact: true }).waitFor();
  assert.equal(
    await page.locator('.notesight-answer', { hasText: 'wide' }).count(),
    0,
    'no word of an answer came',
  );
  await page.getByRole('button', { name: 'Retry' }).waitFor();
});

test('offers no tools when they are turned off', async (t) => {
  const { window } = await openChat(t, { data: { review: 'never', tools: false } });
  assert.equal(await ask(window, 'How wide?', 1), 'No tools.');
});

test('offers web search only with a key on this device, and shows what leaves it', async (t) => {
  const data = { review: 'never', webSearch: true, webSearchSecret: 'web-key' };
  const { window } = await openChat(t, { data });
  const { page } = window;
  assert.equal(await ask(window, 'How wide?', 1), 'Found on [1], and look search_notes.');
  assert.equal(await page.getByText('ollama.com').count(), 0);
  await page.evaluate(`app.secretStorage.setSecret('web-key', 'k')`);
  assert.match(await ask(window, 'Again?', 2), /search_notes web_search/);
  await page
    .getByText('Web search queries leave this machine: they are sent to https://ollama.com.')
    .waitFor();
});
