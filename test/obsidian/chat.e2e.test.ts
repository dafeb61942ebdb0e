import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import type { ChatCall } from '../fakes/chat-call.ts';
import { gemma3, qwen25vl, textOnly } from '../fakes/fake-models.ts';
import type { FakeModel, FakeOllama, FakeOllamaOptions } from '../fakes/fake-ollama.ts';
import { asksForBoxes } from '../fakes/point-out.ts';
import { imageCommand } from './image-command.ts';
import { freePort } from './free-port.ts';
import { NOTE, startPlugin, type PluginHarness, type PluginWindow } from './open-plugin.ts';
import { openQuestionBox } from './open-question-box.ts';
import { serveSquares, squares } from './serve-squares.ts';
import { square } from './square.ts';
import { untilAsked } from './until-asked.ts';

let plugin: PluginHarness;

before(async () => {
  plugin = await startPlugin();
});
after(() => plugin.close());

const isQuestion = ({ format }: ChatCall): boolean => format === undefined;
const questions = ({ chats }: FakeOllama): ChatCall[] => chats.filter(isQuestion);

/** Describes squares by their width, and answers with the images it received. */
const model: FakeModel = {
  ...squares,
  answer: (call) => {
    if (!isQuestion(call)) return squares.answer?.(call);
    const widths = call.messages.at(-1)?.images.map((image) => image.readUInt32BE(16)) ?? [];
    return `Shown: ${widths.join(' and ')}. The first is [1], the second [2], none is [7].`;
  },
};

/** The parts of the page used by these tests. */
interface Opened {
  readonly app: {
    readonly workspace: { readonly activeEditor: { readonly editor: { getSelection(): string } } | null };
  };
}

interface Asked {
  readonly window: PluginWindow;
  readonly fake: FakeOllama;
  readonly ask: (question: string) => Promise<void>;
  /** Waits for this many complete answers. */
  readonly answers: (count: number) => Promise<string[]>;
}

async function openChat(
  t: TestContext,
  options: Parameters<PluginHarness['open']>[2] = {},
  server: FakeOllamaOptions = {},
): Promise<Asked> {
  const fake = await serveSquares(t, { models: [model], ...server });
  const window = await plugin.open(t, fake.url, options);
  const { page } = window;
  const { ask } = await openQuestionBox(window);
  return {
    window,
    fake,
    ask,
    async answers(count) {
      await page
        .locator('.notesight-turn[aria-busy=false]')
        .nth(count - 1)
        .waitFor();
      return page.locator('.notesight-answer').allInnerTexts();
    },
  };
}

test('shows formulas with the formula renderer of Obsidian', async (t) => {
  const { window, fake, ask, answers } = await openChat(t);
  await ask('What is it?');
  await answers(1);
  fake.next({ kind: 'answer', text: 'It is $a^2$.' });
  await ask('Which formula?');
  assert.equal((await answers(2))[1], 'It is a^2.');
  assert.equal(await window.page.locator('.notesight-math > span').count(), 1);
});

test('sends the images without waiting for descriptions, and streams an answer about the open note', async (t) => {
  const { window, fake, ask, answers } = await openChat(t);
  const { page } = window;
  await page.getByText('2 of 2 images selected').waitFor();
  await ask('What is the square 90 wide?');
  assert.deepEqual(await answers(1), ['Shown: 80 and 90. The first is [1], the second [2], none is [7].']);
  assert.equal(fake.chats.length, 1);
  assert.match(questions(fake)[0]?.text ?? '', /^\[1\] \(not described yet\) a\.png/m);
  await page.getByText('Images sent: [1] [2]').waitFor();
  assert.equal(await page.locator('.notesight-analysis:visible').count(), 0, 'all images were considered');
  await window.activateNote('note.md');
  assert.equal(await window.editorText(), NOTE, 'nothing is written without a click');

  await ask('And its color?');
  await answers(2);
  const [first, second] = questions(fake);
  assert.equal(fake.chats.length, 2, 'nothing is described that was sent');
  assert.deepEqual(second?.messages.slice(0, 2), first?.messages, 'what was sent is sent again as it was');
});

test('asks only about the selected images', async (t) => {
  const { window, fake, ask, answers } = await openChat(t);
  const { page } = window;
  await page.getByText('2 of 2 images selected').waitFor();
  await page.getByRole('button', { name: 'None' }).click();
  await page.getByText('0 of 2 images selected').waitFor();
  await page.getByRole('checkbox', { name: 'Image 2: b.png' }).check();
  await ask('What is it?');
  await answers(1);
  assert.deepEqual(
    questions(fake)[0]?.images.map((image) => image.readUInt32BE(16)),
    [90],
  );
  assert.match(questions(fake)[0]?.text ?? '', /<images>\n\[2\] .*\n<\/images>/);

  await window.activateNote('note.md');
  await window.setCursor(NOTE.indexOf('a.png'));
  await page.getByRole('button', { name: 'At cursor' }).click();
  await page.getByRole('checkbox', { name: 'Image 1: a.png', checked: true }).waitFor();
  await page.getByText('1 of 2 images selected').waitFor();
});

test('asks about a single image from its menu', async (t) => {
  const { window } = await openChat(t);
  const { page } = window;
  await window.activateNote('note.md');
  await window.setCursor(NOTE.indexOf('b.png'));
  await page.locator('.cm-line', { hasText: 'b.png' }).click({ button: 'right', position: { x: 30, y: 8 } });
  await page.locator('.menu-item', { hasText: 'Ask about this image' }).click();
  await page.getByText('1 of 2 images selected').waitFor();
  await page.getByRole('checkbox', { name: 'Image 2: b.png', checked: true }).waitFor();
});

test('adds images from the vault or by drop without changing the note', async (t) => {
  const { window, fake, ask, answers } = await openChat(t, {
    binaries: { 'a.png': await square(80), 'b.png': await square(90), 'else/c.png': await square(70) },
  });
  const { page } = window;
  await page.getByRole('button', { name: 'Add…' }).click();
  await page.keyboard.type('else c');
  await page.locator('.suggestion-item', { hasText: 'else/c.png' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('3 of 3 images selected').waitFor();
  const bytes = (await square(60)).toString('base64');
  await page.evaluate(async (base64) => {
    const blob = await (await fetch(`data:image/png;base64,${base64}`)).blob();
    const data = new DataTransfer();
    data.items.add(new File([blob], 'dropped.png', { type: 'image/png' }));
    const panel = document.querySelector('.notesight-chat');
    panel?.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, bytes);
  await page.getByText('4 of 4 images selected').waitFor();
  await ask('Square 60 wide or 70 wide?');
  await answers(1);
  const widths = questions(fake)[0]?.images.map((image) => image.readUInt32BE(16)) ?? [];
  assert.ok(widths.includes(60) && widths.includes(70), widths.join());
  await window.activateNote('note.md');
  assert.equal(await window.editorText(), NOTE);
  assert.ok(!(await window.files()).some((path) => path.includes('dropped')));
});

test('links images in an answer to their place in the note', async (t) => {
  const { window, ask, answers } = await openChat(t);
  await ask('What is it?');
  await answers(1);
  const { page } = window;
  const links = page.locator('.notesight-answer .notesight-reference');
  assert.deepEqual(await links.allInnerTexts(), ['[1]', '[2]']);
  await links.nth(1).click();
  await page.waitForFunction(() => {
    const { editor } = (globalThis as unknown as Opened).app.workspace.activeEditor ?? {};
    return editor?.getSelection() === '![](b.png)';
  });
});

test('inserts an answer at the cursor or below its image as one undo step', async (t) => {
  const { window, ask, answers } = await openChat(t);
  const { page } = window;
  await ask('What is the square 90 wide?');
  await answers(1);
  const insert = async (name: string) => {
    await page.getByRole('button', { name: 'Insert' }).click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  };
  const said =
    'Shown: 80 and 90. The first is [[a.png|image 1]], the second [image 2](b.png), none is \\[7\\].';
  await window.activateNote('note.md');
  await window.setCursor(NOTE.indexOf('between'));
  await insert('At the cursor');
  assert.equal(await window.untilText(/Shown/), NOTE.replace('between', `${said}between`));
  await page.locator('.workspace-leaf.mod-active .cm-content, .cm-content').first().focus();
  await page.keyboard.press('Control+z');
  await window.untilText(/^(?![^]*Shown)/);
  await insert('Below the image as a callout');
  assert.equal(
    await window.untilText(/Shown/),
    NOTE.replace('![[a.png]]', `![[a.png]]\n\n> [!question] What is the square 90 wide?\n> ${said}`),
  );
});

test('sends a region at full resolution with the whole image', async (t) => {
  const { window, fake, ask, answers } = await openChat(t);
  const { page } = window;
  await imageCommand(page, 1, 'Ask about a region…');
  await page.locator('.notesight-region-image').evaluate((img: HTMLImageElement) => img.decode());
  await page.keyboard.press('Enter');
  await page.getByText('Region of [1]: 40 × 40 pixels').waitFor();
  await ask('What is there?');
  await answers(1);
  assert.deepEqual(
    questions(fake)[0]?.images.map((image) => image.readUInt32BE(16)),
    [80, 40],
  );
  await page.getByText('Images sent: [1] a region of [1]').waitFor();
  assert.equal(await page.locator('.notesight-chip:visible').count(), 0);
});

test('keeps a conversation after a restart and a rename, until a new one is started', async (t) => {
  const { window, fake, ask, answers } = await openChat(t);
  const { page } = window;
  await ask('What is it?');
  const said = await answers(1);
  await window.renameFile('note.md', 'Moved.md');
  await window.disablePlugin();
  await window.enablePlugin();
  await window.runCommand('notesight:ask-note');
  assert.deepEqual(await answers(1), said);
  await ask('More?');
  await answers(2);
  assert.equal(questions(fake)[1]?.messages.length, 4);
  await page.getByRole('button', { name: 'New conversation' }).click();
  await page.getByText('Ask a question about the images.').waitFor();
  await ask('Again?');
  await answers(1);
  assert.equal(questions(fake)[2]?.messages.length, 2);
});

test('keeps the number and the selection of a renamed image', async (t) => {
  const { window, ask, answers } = await openChat(t);
  const { page } = window;
  await ask('What is it?');
  await answers(1);
  await page.getByRole('checkbox', { name: 'Image 2: b.png' }).uncheck();
  await window.renameFile('b.png', 'c.png');
  await page.getByRole('checkbox', { name: 'Image 2: c.png', checked: false }).waitFor();
  assert.equal(await page.locator('.notesight-image').count(), 2);
});

test('clears all conversations after confirmation', async (t) => {
  const { window, ask, answers } = await openChat(t);
  const { page } = window;
  await ask('What is it?');
  await answers(1);
  const kept = () => window.diskText('.obsidian/plugins/notesight/conversations.json');
  assert.match((await kept()) ?? '', /What is it/);
  await window.runCommand('notesight:clear-conversations');
  await page.getByRole('button', { name: 'Cancel' }).click();
  assert.equal(await page.locator('.notesight-turn').count(), 1);
  await window.runCommand('notesight:clear-conversations');
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await window.untilNotice(/^Cleared/);
  await page.locator('.notesight-turn').waitFor({ state: 'detached' });
  assert.doesNotMatch((await kept()) ?? '', /What is it/);
});

test('has a conversation per note, and follows the active note', async (t) => {
  const { window, ask, answers } = await openChat(t, {
    files: { 'note.md': NOTE, 'other.md': '![[a.png]]\n' },
  });
  const { page } = window;
  await ask('What is it?');
  await answers(1);
  await window.openNote('other.md', 'here');
  await page.getByText('1 of 1 image selected').waitFor();
  assert.equal(await page.locator('.notesight-turn').count(), 0);
  await window.openNote('note.md', 'here');
  await answers(1);
});

test('shows an image pasted while the panel is open', async (t) => {
  const { window } = await openChat(t, { data: { review: 'never', paste: 'off' } });
  await window.activateNote('note.md');
  await window.setCursor(0);
  await window.pasteSquare(50);
  await window.page.getByText('3 of 3 images selected').waitFor();
});

test('keeps a stopped answer, which can be regenerated or its question edited', async (t) => {
  const { window, fake, ask, answers } = await openChat(t);
  const { page } = window;
  fake.next({ kind: 'stall', after: 2 });
  await ask('What is it?');
  await page.locator('.notesight-answer', { hasText: 'Shown' }).waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('Stopped.').waitFor();
  await page.getByRole('button', { name: 'Regenerate' }).click();
  await page
    .getByText('Stopped.')
    .waitFor({ state: 'detached' })
    .catch(() => undefined);
  await page.locator('.notesight-answer', { hasText: 'none is' }).waitFor();
  assert.deepEqual(questions(fake).at(-1)?.messages.length, 2);
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.keyboard.type(' Really?');
  await page.keyboard.press('Enter');
  await answers(1);
  await untilAsked(fake, 3);
  assert.match(questions(fake).at(-1)?.text ?? '', /Question: What is it\? Really\?$/);
});

test('answers from descriptions when the model is text-only, and shows a notice', async (t) => {
  const reader: FakeModel = { ...textOnly, answer: () => 'From words: [1].' };
  const { window, fake, ask, answers } = await openChat(
    t,
    { data: { review: 'never', model: textOnly.name } },
    { models: [reader, { ...gemma3, answer: squares.answer ?? (() => '') }] },
  );
  await ask('What is the square 80 wide?');
  assert.deepEqual(await answers(1), ['From words: [1].']);
  await window.page.getByText('This is a text-only model').waitFor();
  assert.deepEqual(questions(fake)[0]?.images, []);
  assert.match(questions(fake)[0]?.text ?? '', /\[1\] Square 80 wide/);
});

test('shows what to do when the server is down, and lets the user retry', async (t) => {
  const window = await plugin.open(t, `http://127.0.0.1:${await freePort()}`);
  await window.runCommand('notesight:ask-note');
  const { page } = window;
  await page.getByRole('textbox', { name: 'Question' }).fill('What is it?');
  await page.keyboard.press('Enter');
  await page.locator('.notesight-chat .notesight-error', { hasText: "Can't reach" }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Retry' }).count(), 1);
});

test('writes and loads nothing when an image injects instructions into the answer', async (t) => {
  const { window, fake, ask, answers } = await openChat(t);
  const requests: string[] = [];
  window.page.on('request', (request) => requests.push(request.url()));
  const text =
    '![x](https://evil.test/a.png) <img src="https://evil.test/b.png"> ![[secret]] [[a.png]] %%x%%';
  fake.next({ kind: 'answer', text });
  await ask('What is it?');
  assert.deepEqual(await answers(1), [text]);
  await window.activateNote('note.md');
  assert.equal(await window.editorText(), NOTE);
  await window.page.getByRole('button', { name: 'Insert' }).click();
  await window.page.getByText('Below the image', { exact: true }).click();
  const written = await window.untilText(/evil|secret/);
  assert.doesNotMatch(written.replace('![[a.png]]', '').replace('![](b.png)', ''), /!\[|\[\[|<img/);
  assert.deepEqual(
    requests.filter((url) => url.includes('evil')),
    [],
  );
});

test('draws detected objects over an image and asks about the selected box', async (t) => {
  const { window, fake, ask, answers } = await openChat(
    t,
    {},
    { models: [{ ...model, ...qwen25vl, answer: model.answer ?? (() => '') }] },
  );
  const { page } = window;
  const open = () => imageCommand(page, 2, 'Detect objects');
  await open();
  const dialog = page.getByRole('dialog', { name: 'Objects in b.png' });
  await dialog.getByText('2 objects detected by qwen2.5vl:7b.').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await open();
  await dialog.getByRole('button', { name: 'a square, center' }).click();
  // The image is 90 pixels wide: boxes in the model's pixels are converted to those of the image.
  await page.getByText('Region of [2]: 45 × 45 pixels').waitFor();
  const asked = fake.chats.filter(asksForBoxes);
  assert.deepEqual(
    asked.map(({ images: [image] }) => [image?.readUInt32BE(16), image?.readUInt32BE(20)]),
    [[896, 896]],
  );
  await ask('What is it?');
  await answers(1);
  assert.deepEqual(
    questions(fake)[0]?.images.map((image) => image.readUInt32BE(16)),
    [90, 45],
  );
});

test("shows what to do when the model can't return boxes, and can stop waiting", async (t) => {
  const { window, fake } = await openChat(t);
  const { page } = window;
  await imageCommand(page, 1, 'Detect objects');
  await page.getByRole('alert').getByText("The model gemma3:4b doesn't support object detection").waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  assert.equal(fake.chats.length, 0);

  const other = await openChat(t, {}, { models: [qwen25vl] });
  other.fake.next({ kind: 'hang' });
  await imageCommand(other.window.page, 1, 'Detect objects');
  await other.window.page.getByText('Detecting objects…').waitFor();
  await untilAsked(other.fake, 1);
  await other.window.page.getByRole('button', { name: 'Cancel' }).click();
  await other.window.page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await other.fake.seen.find(({ call }) => call !== null)?.ended, 'disconnected');
});

test('sends the text of the note with a question unless the user leaves it out, also after a restart', async (t) => {
  const { window, fake, ask, answers } = await openChat(t);
  const { page } = window;
  const box = page.getByRole('checkbox', { name: /^Include note text \(about \d+ tokens\)$/ });
  await ask('Which is larger?');
  await answers(1);
  const text = '<note>\n# Note\n\n[1]\n\nWords between.\n\n[2]\n</note>\n';
  assert.ok(questions(fake)[0]?.text.includes(text), questions(fake)[0]?.text);
  await box.uncheck();
  await ask('And now?');
  await answers(2);
  assert.equal(questions(fake)[1]?.text.includes('Words between.'), false);
  await window.disablePlugin();
  await window.enablePlugin();
  await openQuestionBox(window);
  await box.waitFor();
  assert.equal(await box.isChecked(), false);
});

test('offers no text of a note that has only images', async (t) => {
  const { window } = await openChat(t, { files: { 'note.md': '![[a.png]]\n\n![](b.png)\n' } });
  await window.page.locator('.notesight-image').nth(1).waitFor();
  assert.equal(await window.page.getByRole('checkbox', { name: /note text/ }).isVisible(), false);
});
