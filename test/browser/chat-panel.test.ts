import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import type {
  ChatCall as ModelCall,
  ChatImage,
  ChatState,
  ChatTurn,
  ChatWhere,
} from '../../src/ui/chat/chat-state.ts';
import { axeViolations } from './axe-violations.ts';
import type { ChatCall } from './chat-page.ts';
import { launchChromium, type TestBrowser } from './launch-chromium.ts';
import type { FileServer } from './serve-files.ts';
import { servePage } from './serve-page.ts';

let browser: TestBrowser;
let server: FileServer;

before(async () => {
  server = await servePage({
    title: 'Chat',
    script: './chat-page.ts',
    styles: ['common', 'chat', 'overlay'],
    body: '<style>body { margin: 0 } #side { box-sizing: border-box; height: 100vh; padding: 12px }</style><div id="side"></div>',
  });
  browser = await launchChromium();
});

after(async () => {
  await browser.close();
  server.close();
});

const image = (number: number, more: Partial<ChatImage> = {}): ChatImage => ({
  number,
  name: `slide-${number}.png`,
  source: `/images/${number}.png`,
  isDrawing: false,
  isChosen: true,
  isPinned: false,
  isInNote: true,
  ...more,
});

const turn = (more: Partial<ChatTurn> = {}): ChatTurn => ({
  question: 'What is it?',
  answer: 'A slide [2].',
  status: 'done',
  pictures: [{ image: 2, region: null }],
  inWords: 2,
  calls: [],
  missing: [],
  described: null,
  remarks: [],
  error: null,
  versions: { current: 1, count: 1 },
  asking: '',
  edited: '',
  ...more,
});

const state = (more: Partial<ChatState> = {}): ChatState => ({
  note: 'Lecture',
  notice: '',
  title: '',
  model: '',
  images: [image(1), image(2), image(3)],
  turns: [],
  noteText: null,
  selection: null,
  notes: [],
  foundNotes: { query: '', notes: [] },
  region: null,
  where: null,
  isBusy: false,
  analysis: null,
  draft: { key: 1, text: '', version: 0 },
  prompts: [],
  inserted: { version: 0, text: '' },
  history: [],
  undo: null,
  ...more,
});

interface Opened {
  readonly page: Page;
  readonly requests: string[];
  readonly show: (next: ChatState) => Promise<void>;
  readonly calls: () => Promise<ChatCall[]>;
}

async function open(
  t: TestContext,
  first: ChatState,
  size = { width: 420, height: 760 },
  layout: unknown = null,
): Promise<Opened> {
  const page = await browser.context.newPage();
  page.setDefaultTimeout(10_000);
  t.after(() => page.close());
  await page.setViewportSize(size);
  const requests: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('dialog', (dialog) => {
    errors.push(dialog.message());
    void dialog.dismiss();
  });
  t.after(() => {
    assert.deepEqual(errors, []);
  });
  await page.goto(`${server.origin}/`);
  await page.evaluate(
    ([given, stored]) => {
      const side = document.getElementById('side');
      if (side) openChat(side, given, stored);
    },
    [first, layout] as const,
  );
  return {
    page,
    requests,
    show: (next) =>
      page.evaluate((given) => {
        chat.panel.show(given);
      }, next),
    calls: () => page.evaluate(() => chat.calls),
  };
}

/** Runs a command from the menu of an image. */
async function fromMenu(page: Page, image: number, command: string): Promise<void> {
  const more = page.getByRole('button', { name: `Actions for image ${image}` });
  await more.focus();
  await more.click();
  await page
    .getByRole(command.startsWith('Always') ? 'menuitemcheckbox' : 'menuitem', { name: command })
    .click();
}

test('selects one, all, no or the current image by mouse and keyboard', async (t) => {
  const { page, calls, show } = await open(t, state());
  await page.getByText('3 of 3 images selected').waitFor();
  await page.getByRole('checkbox', { name: 'Image 2: slide-2.png' }).uncheck();
  await page.getByRole('button', { name: 'All' }).click();
  await page.getByRole('button', { name: 'None' }).click();
  await page.getByRole('button', { name: 'At cursor' }).click();
  await page.getByRole('button', { name: 'Add…' }).click();
  await page.getByRole('checkbox', { name: 'Image 1: slide-1.png' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await fromMenu(page, 3, 'Always send to the model');
  assert.deepEqual(await calls(), [
    ['choose', [2], false],
    ['choose', [1, 2, 3], true],
    ['choose', [1, 2, 3], false],
    ['chooseAtCursor'],
    ['addFromVault'],
    ['choose', [3], false],
    ['pin', 3, true],
  ]);
  await show(state({ images: [image(1, { isChosen: false }), image(3, { isPinned: true })] }));
  await page.getByText('1 of 2 images selected').waitFor();
  assert.equal(await page.locator('.notesight-pinned:visible').count(), 1);
});

const many = (count: number): ChatImage[] =>
  Array.from({ length: count }, (_, at) => image(at + 1, { source: `/images/${(at % 3) + 1}.png` }));

test('shows a few images as thumbnails of one size, and of many only how they are selected', async (t) => {
  for (const width of [300, 420]) {
    const { page, show } = await open(t, state({ images: many(12) }), { width, height: 760 });
    const heights = () =>
      page
        .locator('.notesight-image:visible')
        .evaluateAll((cells) => cells.map((cell) => Math.round(cell.getBoundingClientRect().height)));
    assert.deepEqual(await heights(), Array<number>(12).fill(60), `${width} pixels wide`);
    await show(state({ images: many(28) }));
    assert.deepEqual(await heights(), [], 'closed at first');
    await page.getByRole('button', { name: '28 images, selected automatically' }).click();
    for (const count of [28, 300]) {
      await show(state({ images: many(count) }));
      assert.deepEqual(await heights(), Array<number>(count).fill(60), `${count} images`);
    }
  }
});

test('shows formulas, but not prices, unsafe commands, or formulas that it can not read', async (t) => {
  const answer = [
    'With $a^2 + b_1$ and \\(c\\) it costs $5 and $10.',
    '$$\n\\frac{1}{2}\n$$',
    'Not $\\href{javascript:alert(1)}{x}$ and not $\\nonsense{$.',
  ].join('\n\n');
  const { page, requests } = await open(t, state({ turns: [turn({ answer })] }));
  const formulas = page.locator('.notesight-answer math');
  await formulas.nth(2).waitFor();
  assert.equal(await formulas.count(), 3);
  const [first, second, third] = await page.locator('.notesight-answer > *').allInnerTexts();
  assert.match(first ?? '', /it costs \$5 and \$10\.$/);
  assert.match(second ?? '', /1\s*2/);
  assert.match(third ?? '', /^Not \$\\href\{javascript:alert\(1\)\}\{x\}\$ and not \$\\nonsense\{\$\.$/);
  assert.equal(await page.locator('.notesight-answer a').count(), 0);
  assert.equal(requests.filter((url) => url.endsWith('/rich-text.js')).length, 1);
});

test('loads nothing for an answer without formulas and known languages', async (t) => {
  const answer = 'It costs $5.\n\n```\nplain\n```\n';
  const { page, requests } = await open(t, state({ turns: [turn({ answer })] }));
  await page.getByText('plain').waitFor();
  assert.equal(
    requests.some((url) => url.endsWith('/rich-text.js')),
    false,
  );
});

test('colors code and copies it', async (t) => {
  const code = 'def f(x):\n    return "<b>" + x';
  const { page } = await open(t, state({ turns: [turn({ answer: `\`\`\`python\n${code}\n\`\`\`` })] }));
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.locator('.notesight-code .token.keyword').first().waitFor();
  assert.equal(await page.locator('.notesight-code').innerText(), code);
  assert.equal(await page.locator('.notesight-code b').count(), 0);
  await page.locator('.notesight-code').hover();
  await page.locator('.notesight-code-block').getByRole('button', { name: 'Copy' }).click();
  await page.locator('.notesight-code-block').getByRole('button', { name: 'Copied' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code);
});

test('leaves half of a low panel to the conversation, also with six images', async (t) => {
  const turns = Array.from({ length: 4 }, () => turn({ answer: 'A slide [2]. '.repeat(40) }));
  const { page } = await open(t, state({ images: many(6), turns }), { width: 420, height: 360 });
  const height = (selector: string) =>
    page.locator(selector).evaluate((each) => each.getBoundingClientRect().height);
  const [panel, transcript] = [await height('.notesight-chat'), await height('.notesight-transcript')];
  assert.ok(transcript >= panel / 2, `${transcript} of ${panel} pixels`);
});

test('is written from left to right in a page of the other direction, but texts have their own', async (t) => {
  const { page, show } = await open(t, state());
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl';
  });
  await show(state({ turns: [turn({ question: 'מה זה?' })] }));
  const direction = (selector: string) =>
    page.locator(selector).evaluate((each) => getComputedStyle(each).direction);
  assert.equal(await direction('.notesight-chat'), 'ltr');
  assert.equal(await direction('.notesight-question-text:visible'), 'rtl');
});

test('marks questions and the main button in forced colors', async (t) => {
  const { page } = await open(t, state({ turns: [turn()] }));
  await page.emulateMedia({ forcedColors: 'active' });
  const style = (selector: string, name: 'borderTopWidth' | 'backgroundColor') =>
    page.locator(selector).evaluate((each, key) => getComputedStyle(each)[key], name);
  assert.equal(await style('.notesight-question-text:visible', 'borderTopWidth'), '1px');
  assert.notEqual(
    await style('.notesight-main-button', 'backgroundColor'),
    await style('.notesight-image-count', 'backgroundColor'),
  );
});

test('keeps the height of the images and whether they are open', async (t) => {
  const { page } = await open(t, state({ images: many(28) }));
  await page.getByRole('button', { name: /28 images/ }).click();
  const handle = page.getByRole('separator', { name: 'Height of the images' });
  const at = (await handle.boundingBox()) ?? assert.fail();
  await page.mouse.move(at.x + at.width / 2, at.y + at.height / 2);
  await page.mouse.down();
  await page.mouse.move(at.x + at.width / 2, at.y + at.height / 2 + 100, { steps: 4 });
  await page.mouse.up();
  await handle.press('ArrowUp');
  const height = await page.locator('.notesight-image-grid').evaluate((grid) => grid.clientHeight);
  const layout = await page.evaluate(() => chat.layouts.at(-1));
  assert.equal(layout?.areImagesOpen, true);
  assert.ok(Math.abs((layout.imagesHeight ?? 0) - height) <= 1, JSON.stringify([layout, height]));
  assert.ok(height > 180, String(height));

  const again = await open(t, state({ images: many(28) }), undefined, layout);
  assert.equal(
    await again.page.locator('.notesight-image-grid').evaluate((grid) => grid.clientHeight),
    height,
  );
  await again.page.getByRole('separator', { name: 'Height of the images' }).dblclick();
  assert.equal((await again.page.evaluate(() => chat.layouts.at(-1)))?.imagesHeight, null);
});

test('ignores a stored layout that is broken', async (t) => {
  for (const stored of ['x', { areImagesOpen: 'no', imagesHeight: -4 }, [1], { imagesHeight: NaN }]) {
    const { page } = await open(t, state(), undefined, stored);
    assert.equal(await page.locator('.notesight-image:visible').count(), 3);
  }
});

test('needs two Tab stops for the images, however many', async (t) => {
  const { page } = await open(t, state({ images: many(12) }));
  const stops = await page
    .locator('.notesight-image :is(input, button)')
    .evaluateAll((all) => all.filter((each) => (each as HTMLElement).tabIndex === 0).length);
  assert.equal(stops, 2);
  await page.getByRole('checkbox', { name: 'Image 1: slide-1.png' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  assert.equal(
    await page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
    'Actions for image 2',
  );
});

test('opens the menu of an image by its button, by right click, and by key', async (t) => {
  const { page, calls } = await open(t, state());
  const menu = page.getByRole('menu');
  await page.locator('.notesight-image').nth(1).click({ button: 'right' });
  await menu.getByRole('menuitem', { name: 'Show in note' }).click();
  await page.getByRole('checkbox', { name: 'Image 3: slide-3.png' }).focus();
  await page.keyboard.press('ContextMenu');
  await menu.waitFor();
  assert.deepEqual(await menu.getByRole('menuitem').allInnerTexts(), [
    'Enlarge',
    'Show in note',
    'Ask about a region…',
    'Detect objects',
  ]);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  assert.equal(await menu.count(), 0);
  await page.getByRole('button', { name: 'Actions for image 1' }).click();
  await page.mouse.click(5, 700);
  assert.equal(await menu.count(), 0);
  assert.deepEqual(await calls(), [
    ['reveal', 2],
    ['pin', 3, true],
  ]);
});

test('enlarges an image; keys zoom, move on, and close', async (t) => {
  const { page } = await open(t, state());
  await fromMenu(page, 1, 'Enlarge');
  const dialog = page.getByRole('dialog', { name: 'Image 1: slide-1.png' });
  const picture = page.locator('.notesight-zoom-picture');
  await picture.evaluate((img: HTMLImageElement) => img.decode());
  const width = () => picture.evaluate((img) => img.getBoundingClientRect().width);
  const fitting = await width();
  assert.ok(fitting > 300 && fitting <= 420, 'as large as the window allows');
  await page.keyboard.press('+');
  assert.ok((await width()) > fitting * 1.4);
  const area = (await page.locator('.notesight-zoom').boundingBox()) ?? assert.fail();
  await page.mouse.move(area.x + 50, area.y + area.height / 2);
  await page.mouse.wheel(0, -300);
  assert.ok((await width()) > fitting * 3);
  const left = () => page.locator('.notesight-zoom').evaluate((each) => each.scrollLeft);
  const before = await left();
  await page.mouse.down();
  await page.mouse.move(area.x + 20, area.y + area.height / 2, { steps: 3 });
  await page.mouse.up();
  assert.ok(Math.abs((await left()) - before - 30) <= 2, 'the image follows the pointer');
  await page.keyboard.press('0');
  assert.equal(await width(), fitting);
  await page.keyboard.press('ArrowRight');
  await page.getByRole('dialog', { name: 'Image 2: slide-2.png' }).waitFor();
  for (const key of ['ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  await page.getByRole('dialog', { name: 'Image 3: slide-3.png' }).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.equal(await dialog.count(), 0);
  assert.equal(
    await page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
    'Actions for image 1',
  );
});

test('names the images of the note that is shown in its references', async (t) => {
  const { page, show } = await open(t, state({ turns: [turn()] }));
  const label = () =>
    page.locator('.notesight-answer .notesight-reference').first().getAttribute('aria-label');
  assert.equal(await label(), 'Image 2: slide-2.png');
  const other = state({
    note: 'Other',
    draft: { key: 2, text: '', version: 0 },
    images: [image(1), image(2, { name: 'b.png' })],
  });
  await show({ ...other, turns: [turn()] });
  assert.equal(await label(), 'Image 2: b.png');
  await show(state({ turns: [turn()] }));
  assert.equal(await label(), 'Image 2: slide-2.png');
});

test('handles Enter, Shift+Enter and Up in the question box, and sends nothing while busy', async (t) => {
  const { page, calls, show } = await open(t, state());
  const box = page.getByRole('textbox', { name: 'Question' });
  await box.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('What');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('is it?');
  await page.keyboard.press('Enter');
  assert.equal(await box.inputValue(), '');
  await show(state({ turns: [turn({ status: 'waiting', answer: '' })], isBusy: true }));
  await page.keyboard.type('More?');
  await page.keyboard.press('Enter');
  assert.equal(await box.inputValue(), 'More?');
  await page.getByRole('button', { name: 'Stop' }).click();
  await show(state({ turns: [turn()] }));
  await box.fill('');
  await page.keyboard.press('ArrowUp');
  assert.equal(await box.inputValue(), 'What is it?');
  assert.deepEqual(await calls(), [['ask', 'What\nis it?'], ['stop']]);
});

test('offers to save a conversation as soon as it has a complete answer', async (t) => {
  const { page, show, calls } = await open(
    t,
    state({ turns: [turn({ status: 'streaming' })], isBusy: true }),
  );
  const more = page.getByRole('button', { name: 'More actions' });
  await more.click();
  assert.deepEqual(await page.getByRole('menuitem').allInnerTexts(), ['Rename conversation']);
  await page.keyboard.press('Escape');
  await show(state({ turns: [turn()] }));
  await more.click();
  await page.getByRole('menuitem', { name: 'Save conversation as a note' }).click();
  assert.deepEqual(await calls(), [['saveAsNote']]);
});

test('streams an answer, shows which images were sent, and announces its end', async (t) => {
  const { page, show } = await open(t, state());
  const begun = turn({
    status: 'waiting',
    answer: '',
    pictures: [],
    inWords: 0,
    described: { done: 1, total: 3 },
  });
  await show(state({ turns: [begun], isBusy: true }));
  await page.getByText('Preparing images: 1 of 3…').waitFor();
  const part = { x: 1, y: 2, width: 30, height: 40 };
  const pictures = [
    { image: 2, region: null },
    { image: 3, region: part },
  ];
  await show(state({ turns: [turn({ status: 'streaming', answer: 'A sl', pictures })], isBusy: true }));
  assert.equal(
    await page.locator('.notesight-seen').innerText(),
    'Images sent: [2] a region of [3]; 2 images as text. Details',
  );
  await page.evaluate(() => {
    document.querySelector('.notesight-answer p')?.setAttribute('data-kept', '');
  });
  await show(
    state({ turns: [turn({ status: 'streaming', answer: 'A sl\n\nMore', pictures })], isBusy: true }),
  );
  assert.equal(await page.locator('[data-kept]').innerText(), 'A sl', 'what is done is not drawn again');
  await show(state({ turns: [turn({ pictures, remarks: ['slide-9.png is missing.'] })] }));
  await page.getByText('slide-9.png is missing.').waitFor();
  await page.locator('[role=status]', { hasText: 'Answer ready.' }).waitFor({ state: 'attached' });
});

const modelCall = (more: Partial<ModelCall> = {}): ModelCall => ({
  name: 'look',
  image: 2,
  part: null,
  words: '',
  state: 'done',
  result: 'It is red.',
  ...more,
});

test('shows tool calls as they run, with their results', async (t) => {
  const part = { left: 0, top: 0, right: 50, bottom: 50 };
  const calling = (...made: ModelCall[]) =>
    state({ turns: [turn({ status: 'streaming', answer: '', calls: made })], isBusy: true });
  const look = modelCall({ part, words: 'Which color?' });
  const { page, show, calls } = await open(t, calling({ ...look, state: 'running', result: '' }));
  const lines = page.getByRole('list', { name: 'Tool calls' }).getByRole('listitem');
  assert.deepEqual(await lines.allInnerTexts(), [
    'Examine a region of [2] (0–50% from the left, 0–50% from the top) “Which color?” · running…',
  ]);
  await show(calling(look));
  await page.getByText('Result').click();
  await page.getByText('It is red.').waitFor();
  const search = modelCall({
    name: 'search_notes',
    image: null,
    words: 'pumps',
    state: 'running',
    result: '',
  });
  await show(calling(look, search));
  assert.equal(await page.locator('.notesight-call-details[open]').count(), 1, 'what was opened stays open');
  assert.match((await lines.allInnerTexts())[1] ?? '', /^Search notes: “pumps” · running…$/);
  const failed = modelCall({
    name: 'other',
    image: null,
    words: 'rm',
    state: 'failed',
    result: 'No such tool.',
  });
  await show(
    state({ turns: [turn({ calls: [look, { ...search, state: 'done', result: 'n.md' }, failed] })] }),
  );
  assert.match((await lines.allInnerTexts())[2] ?? '', /^Unknown tool: “rm” · failed/);
  await page.locator('.notesight-calls .notesight-reference').click();
  assert.deepEqual(await calls(), [['reveal', 2]]);
  await show(state({ turns: [turn()] }));
  assert.equal(await lines.count(), 0);
});

test('shows tool calls with hostile input as plain text', async (t) => {
  const { page, requests, show } = await open(t, state({ images: [] }));
  const before = requests.length;
  for (const words of HOSTILE.map((each) => each.slice(0, 5000))) {
    const hostile = turn({ pictures: [], calls: [modelCall({ words, result: words })] });
    await show(state({ images: [], turns: [hostile] }));
    const tags = await page
      .locator('.notesight-call *')
      .evaluateAll((all) => all.map(({ tagName }) => tagName).filter((tag) => tag !== 'BUTTON'));
    assert.deepEqual(tags, ['SPAN', 'SPAN', 'DETAILS', 'SUMMARY', 'PRE'], words.slice(0, 60));
    await show(state({ images: [] }));
  }
  assert.deepEqual(requests.slice(before), []);
});

test('shows what to do about an error, and lets the user retry', async (t) => {
  const error = { message: "Can't reach Ollama.", advice: 'Start it.' };
  const { page, calls } = await open(
    t,
    state({ turns: [turn(), turn({ status: 'failed', answer: '', error })] }),
  );
  await page.getByText("Can't reach Ollama.").waitFor();
  await page.getByRole('button', { name: 'Retry' }).click();
  await page.getByRole('button', { name: 'Regenerate' }).click();
  assert.deepEqual(await calls(), [
    ['askAgain', 1],
    ['askAgain', 0],
  ]);
});

test('edits a question in place, and passes the turn to copy and insert', async (t) => {
  const { page, calls } = await open(t, state({ turns: [turn(), turn({ question: 'Second?' })] }));
  await page.getByRole('button', { name: 'Edit' }).last().click();
  await page.keyboard.press('Escape');
  assert.equal(await page.getByText('Second?').count(), 1);
  await page.keyboard.press('Enter');
  await page.keyboard.type(' Really?');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Copy' }).first().click();
  await page.getByRole('button', { name: 'Insert' }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Below the image as a callout' }).click();
  assert.deepEqual(await calls(), [
    ['edit', 1, 'Second? Really?'],
    ['copy', 0],
    ['insert', 0, 'below', 'callout'],
  ]);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('menu').count(), 0);
});

test('links numbers of existing images, and no other numbers', async (t) => {
  const answer =
    'On [2] and **[1, 3]**, not [9], not `[1]`, not [4](https://x.test/).\n\n[2]: https://evil.test\n\nSee [2-3].';
  const { page, calls } = await open(t, state({ turns: [turn({ answer })] }));
  const links = page.locator('.notesight-answer .notesight-reference');
  assert.deepEqual(await links.allInnerTexts(), ['[2]', '[1]', '[3]', '[2]', '[2]', '[3]']);
  await links.nth(1).hover();
  await page.locator('.notesight-preview:visible', { hasText: 'slide-1.png' }).waitFor();
  await links.nth(1).click();
  await links.nth(2).focus();
  await page.keyboard.press('Enter');
  assert.deepEqual(await calls(), [
    ['reveal', 1],
    ['reveal', 3],
  ]);
});

test('shows links with their address, and only http and https', async (t) => {
  const answer =
    '[good](https://a.test/x) https://b.test [evil](javascript:alert(1)) [f](file:///etc) [o](obsidian://open) <https://c.test>';
  const { page, calls } = await open(t, state({ turns: [turn({ answer })] }));
  assert.equal(
    await page.locator('.notesight-answer').innerText(),
    'good (https://a.test/x) https://b.test [evil](javascript:alert(1)) [f](file:///etc) [o](obsidian://open) https://c.test',
  );
  await page.getByRole('link', { name: 'good' }).click();
  assert.deepEqual(await calls(), [['openLink', 'https://a.test/x']]);
});

const HOSTILE: readonly string[] = [
  '<img src="https://evil.test/a.png" onerror="alert(1)">',
  '<script>alert(1)</script>',
  '<iframe src="https://evil.test"></iframe>',
  '<svg onload="alert(1)"><image href="https://evil.test/b.png"/></svg>',
  '<style>body { background: url(https://evil.test/c.png) }</style>',
  '<a href="javascript:alert(1)">x</a>',
  '![pixel](https://evil.test/d.png)',
  '![pixel][p]\n\n[p]: https://evil.test/e.png',
  '![[../../x]] ![[secret.png]] [[note]]',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x]( javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '&lt;img src=x onerror=alert(1)&gt; &amp;lt;b&amp;gt;',
  '```\nnever closed <b>',
  '| a | <b>x</b> |\n|---|---|\n| ![](https://evil.test/f.png) | `<i>` |',
  `${'> '.repeat(10_000)}deep`,
  `${'- '.repeat(5_000)}deep`,
  `${'*'.repeat(50_000)}a`,
  `${'['.repeat(50_000)}a`,
  `${'`'.repeat(20_000)} a ${'`'.repeat(19_999)}`,
  '<'.repeat(50_000),
  'word '.repeat(200_000),
  '> <iframe src="https://evil.test">\n\n1. <object data="https://evil.test">',
  '\u202e\u0000\ufeff',
];

/** The elements and attributes allowed in an answer. */
const ALLOWED =
  'A BLOCKQUOTE BR BUTTON CODE DEL DIV EM H3 H4 H5 H6 HR LI OL P PRE STRONG TABLE TBODY TD TH THEAD TR UL';

test('renders a hostile answer as plain elements that load and run nothing', async (t) => {
  const { page, requests, show } = await open(t, state({ images: [] }));
  const before = requests.length;
  for (const answer of HOSTILE) {
    await show(state({ images: [], turns: [turn({ answer, pictures: [] })] }));
    await show(state({ images: [] }));
    await show(
      state({ images: [], turns: [turn({ answer: `Before\n\n${answer}\n\nAfter`, pictures: [] })] }),
    );
    const { tags, attributes } = await page.evaluate(() => {
      const all = [...document.querySelectorAll('.notesight-answer *')];
      return {
        tags: all.map(({ tagName }) => tagName),
        attributes: all.flatMap((each) => [...each.attributes].map(({ name }) => name)),
      };
    });
    const name = answer.slice(0, 60);
    assert.deepEqual(
      tags.filter((tag) => !ALLOWED.split(' ').includes(tag)),
      [],
      name,
    );
    assert.deepEqual(
      attributes.filter(
        (attribute) => !/^(?:class|dir|href|rel|tabindex|type|style|aria-label|start)$/.test(attribute),
      ),
      [],
      name,
    );
    await show(state({ images: [] }));
  }
  await page.waitForTimeout(300);
  assert.deepEqual(requests.slice(before), []);
});

test('shows the rest of a very long answer as plain text on request', async (t) => {
  const answer = `${'word '.repeat(5_000)}**end**`;
  const { page } = await open(t, state({ turns: [turn({ answer })] }));
  await page.getByRole('button', { name: 'Show 5,007 more characters' }).click();
  assert.match(await page.locator('.notesight-plain').innerText(), /word \*\*end\*\*$/);
});

test('renders Markdown', async (t) => {
  const answer =
    '# Head\n\n1. one\n2. two\n   - [x] done\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n> quote\n\n---\n\n~~old~~ *em* **strong** `code` a  \nb &copy; \\*';
  const { page } = await open(t, state({ turns: [turn({ answer })] }));
  const html = await page.locator('.notesight-answer').innerHTML();
  assert.match(html, /<h3[^>]*>Head<\/h3><ol[^>]*><li[^>]*>one<\/li><li[^>]*>two<ul[^>]*><li[^>]*>☑ done/);
  assert.match(html, /<td[^>]*style="text-align: right;">2<\/td>/);
  assert.match(html, /<blockquote[^>]*><p[^>]*>quote<\/p><\/blockquote><hr[^>]*>/);
  assert.match(
    html,
    /<del[^>]*>old<\/del> <em[^>]*>em<\/em> <strong[^>]*>strong<\/strong> <code[^>]*>code<\/code> a<br[^>]*>b © \*/,
  );
});

test('selects a region by mouse, in pixels of the image', async (t) => {
  const { page, calls, show } = await open(t, state());
  await fromMenu(page, 2, 'Ask about a region…');
  const picture = page.locator('.notesight-region-image');
  await picture.evaluate((img: HTMLImageElement) => img.decode());
  const area = (await picture.boundingBox()) ?? assert.fail();
  const natural = await picture.evaluate(({ naturalWidth, naturalHeight }: HTMLImageElement) => [
    naturalWidth,
    naturalHeight,
  ]);
  const [width = 0, height = 0] = natural;
  await page.mouse.move(area.x + area.width * 0.75, area.y + area.height * 0.9);
  await page.mouse.down();
  await page.mouse.move(area.x + area.width * 0.25, area.y + area.height * 0.4, { steps: 4 });
  await page.mouse.up();
  await page.getByRole('button', { name: 'Use this region' }).click();
  const [[name, number, part] = []] = await calls();
  assert.deepEqual([name, number], ['setRegion', 2]);
  const expected = { x: width * 0.25, y: height * 0.4, width: width * 0.5, height: height * 0.5 };
  for (const [key, value] of Object.entries(expected)) {
    assert.ok(
      Math.abs(((part as Record<string, number>)[key] ?? NaN) - value) <= 4,
      `${key}: ${JSON.stringify(part)}`,
    );
  }
  await show(state({ region: { image: 2, part: { x: 1, y: 2, width: 30, height: 40 } } }));
  await page.getByText('Region of [2]: 30 × 40 pixels').waitFor();
  await page.getByRole('button', { name: 'Remove' }).click();
  assert.deepEqual((await calls()).at(-1), ['setRegion', 2, null]);
});

test('selects or cancels a region by keyboard', async (t) => {
  const { page, calls } = await open(t, state());
  const button = page.getByRole('button', { name: 'Actions for image 1' });
  await button.focus();
  const pick = async () => {
    for (const key of ['Enter', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  };
  await pick();
  await page.locator('.notesight-region-image').evaluate((img: HTMLImageElement) => img.decode());
  await page.keyboard.press('Escape');
  assert.equal(await button.evaluate((each) => each === document.activeElement), true);
  await pick();
  await page.locator('.notesight-region-image').evaluate((img: HTMLImageElement) => img.decode());
  for (let press = 0; press < 40; press++) await page.keyboard.press('ArrowLeft');
  for (let press = 0; press < 40; press++) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  const [[, , part] = []] = await calls();
  const [width, height] = await page.evaluate(async () => {
    const img = new Image();
    img.src = '/images/1.png';
    await img.decode();
    return [img.naturalWidth, img.naturalHeight] as const;
  });
  assert.deepEqual(part, { x: 0, y: Math.floor(height * 0.25), width, height: Math.round(height * 0.5) });
});

test('selects a region by touch without scrolling the page', async (t) => {
  const { page, calls } = await open(t, state());
  await fromMenu(page, 1, 'Ask about a region…');
  await page.locator('.notesight-region-image').evaluate((img: HTMLImageElement) => img.decode());
  const canvas = page.locator('.notesight-region-canvas');
  assert.equal(await canvas.evaluate((each) => getComputedStyle(each).touchAction), 'none');
  const area = (await canvas.boundingBox()) ?? assert.fail();
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number, y: number) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
  await touch('touchStart', area.x + 10, area.y + 10);
  await touch('touchMove', area.x + area.width / 2, area.y + area.height / 2);
  await touch('touchEnd', 0, 0);
  await page.keyboard.press('Enter');
  assert.equal((await calls())[0]?.[0], 'setRegion');
});

test('adds dropped and pasted images, and ignores other files', async (t) => {
  const { page, calls } = await open(t, state());
  await page.evaluate(() => {
    const box = document.querySelector('textarea');
    const data = new DataTransfer();
    data.items.add(new File(['x'], 'a.png', { type: 'image/png' }));
    data.items.add(new File(['x'], 'a.txt', { type: 'text/plain' }));
    box?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    for (const type of ['dragover', 'drop']) {
      box?.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
    const text = new DataTransfer();
    text.setData('text/plain', 'words');
    box?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: text, bubbles: true, cancelable: true }));
  });
  assert.deepEqual(await calls(), [
    ['addFiles', ['a.png']],
    ['addFiles', ['a.png']],
  ]);
});

test('keeps the scroll position while an answer streams and the reader has scrolled up', async (t) => {
  const turns = Array.from({ length: 20 }, () => turn({ answer: 'word '.repeat(120) }));
  const { page, show } = await open(t, state({ turns }));
  const log = page.getByRole('log');
  const atEnd = () => log.evaluate((each) => each.scrollHeight - each.scrollTop - each.clientHeight < 40);
  assert.equal(await atEnd(), true);
  await log.evaluate((each) => {
    each.scrollTop = 100;
  });
  const last = turn({ status: 'streaming', answer: 'More' });
  await show(state({ turns: [...turns.slice(0, -1), last], isBusy: true }));
  assert.equal(await log.evaluate((each) => each.scrollTop), 100);
  await show(state({ turns: [...turns, turn({ status: 'waiting', answer: '' })], isBusy: true }));
  assert.equal(await atEnd(), true, 'a new question is shown');
});

/** Detected objects in image 2, as the host reports them. */
const where = (more: Partial<ChatWhere> = {}): ChatWhere => ({
  image: 2,
  isBusy: false,
  boxes: [
    { name: 'the last line', part: { x: 300, y: 150, width: 90, height: 30 } },
    { name: 'all of it', part: { x: 0, y: 0, width: 400, height: 180 } },
    { name: 'a heading', part: { x: 20, y: 10, width: 200, height: 40 } },
  ],
  model: 'qwen2.5vl:7b',
  remark: '',
  error: null,
  ...more,
});

test('starts object detection from an image or the region picker, and can cancel it', async (t) => {
  const { page, calls, show } = await open(t, state(), { width: 300, height: 620 });
  const asked = page.getByRole('button', { name: 'Actions for image 2' });
  await fromMenu(page, 2, 'Detect objects');
  await show(state({ where: where({ isBusy: true, boxes: [] }) }));
  const dialog = page.getByRole('dialog', { name: 'Objects in slide-2.png' });
  await dialog.getByRole('status').getByText('Detecting objects…').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await show(state());
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await asked.evaluate((each) => each === document.activeElement), true);

  await fromMenu(page, 3, 'Ask about a region…');
  await page.getByRole('button', { name: 'Detect objects', exact: true }).click();
  assert.equal(await page.getByRole('dialog').count(), 0, 'the place to draw a part is gone');
  assert.deepEqual(await calls(), [['detectObjects', 2], ['stopDetection'], ['detectObjects', 3]]);
});

test('draws boxes around the objects and names the model', async (t) => {
  const { page, show } = await open(t, state({ where: where() }), { width: 300, height: 620 });
  await page.getByText('3 objects detected by qwen2.5vl:7b. Select a box to ask about it.').waitFor();
  const heading = page.getByRole('button', { name: 'a heading, top left' });
  const box = (await heading.boundingBox()) ?? assert.fail();
  const picture = page.locator('.notesight-zoom-picture');
  const area = (await picture.boundingBox()) ?? assert.fail();
  const { naturalWidth: width, naturalHeight: height } = await picture.evaluate(
    ({ naturalWidth, naturalHeight }: HTMLImageElement) => ({ naturalWidth, naturalHeight }),
  );
  assert.ok(area.x >= 0 && area.x + area.width <= 300, 'it fits a narrow side bar');
  const at = { x: area.x + (20 / width) * area.width, y: area.y + (10 / height) * area.height };
  assert.ok(Math.abs(box.x - at.x) < 1 && Math.abs(box.y - at.y) < 1, JSON.stringify([box, at]));
  assert.ok(Math.abs(box.width - (200 / width) * area.width) < 1, JSON.stringify(box));

  await show(state({ where: where({ boxes: [], model: '', remark: 'Ollama is busy.' }) }));
  await page.getByText('No objects detected by offline recognition. Ollama is busy.').waitFor();
  assert.equal(await page.locator('.notesight-where-box').count(), 0);
});

test('selects a small box on top of a large one, and asks about it', async (t) => {
  const { page, calls, show } = await open(t, state({ where: where() }));
  await page.getByRole('button', { name: 'a heading, top left' }).click();
  const part = { x: 20, y: 10, width: 200, height: 40 };
  assert.deepEqual(await calls(), [['setRegion', 2, part], ['stopDetection']]);
  await show(state({ region: { image: 2, part } }));
  await page.getByText('Region of [2]: 200 × 40 pixels').waitFor();
  const box = page.getByRole('textbox', { name: 'Question' });
  assert.equal(await box.evaluate((each) => each === document.activeElement), true);
});

test('moves through boxes by keyboard in reading order', async (t) => {
  const { page, calls, show } = await open(t, state({ where: where() }));
  const focused = () =>
    page.evaluate(() => (document.activeElement?.firstElementChild ?? document.activeElement)?.textContent);
  await page.locator('.notesight-where-box:focus', { hasText: 'all of it' }).waitFor();
  const seen: unknown[] = [];
  const keys = 'ArrowRight ArrowDown ArrowRight ArrowLeft Home End Tab Tab Shift+Tab Shift+Tab';
  for (const key of keys.split(' ')) {
    await page.keyboard.press(key);
    seen.push(await focused());
  }
  const [all, heading, last] = ['all of it', 'a heading', 'the last line'];
  assert.deepEqual(seen, [heading, last, all, last, all, last, 'Close', last, 'Close', last]);

  // The same state again, as from a host that sends copies, must not move the focus.
  await show(state({ where: where(), notice: 'News.' }));
  assert.equal(await focused(), last);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  assert.deepEqual(
    (await calls()).map(([name]) => name),
    ['setRegion', 'stopDetection', 'stopDetection'],
  );
});

test('hides most of thirty overlapping labels until hover, and fits a small image', async (t) => {
  const boxes = Array.from({ length: 30 }, (_, at) => ({
    name: `thing ${at}`,
    part: { x: 10 + (at % 6) * 12, y: 10 + Math.floor(at / 6) * 12, width: 60, height: 40 },
  }));
  const { page } = await open(t, state({ where: where({ boxes }) }), { width: 300, height: 620 });
  await page.getByText('30 objects detected').waitFor();
  const names = page.locator('.notesight-where-name');
  const shown = await names.evaluateAll((all) =>
    all
      .filter((each) => getComputedStyle(each).visibility === 'visible')
      .map((each) => each.getBoundingClientRect().toJSON() as DOMRect),
  );
  assert.ok(shown.length >= 1 && shown.length < 15, String(shown.length));
  const area = (await page.locator('.notesight-where-boxes').boundingBox()) ?? assert.fail();
  for (const [index, a] of shown.entries()) {
    assert.ok(a.left >= area.x - 1 && a.right <= area.x + area.width + 1, JSON.stringify(a));
    for (const b of shown.slice(index + 1)) {
      const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
      assert.ok(apart, JSON.stringify([a, b]));
    }
  }
  const hidden = page.locator('.notesight-crowded').last();
  await hidden.focus();
  assert.equal(
    await hidden.locator('.notesight-where-name').evaluate((each) => getComputedStyle(each).visibility),
    'visible',
  );
});

test('shows why detection failed, and lets the user retry', async (t) => {
  const error = { message: "Can't reach Ollama.", advice: 'Start it.' };
  const { page, calls } = await open(t, state({ where: where({ boxes: [], error }) }));
  await page.getByRole('alert').getByText("Can't reach Ollama.").waitFor();
  await page.getByRole('button', { name: 'Retry' }).click();
  assert.deepEqual(await calls(), [['detectObjects', 2]]);
});

test('shows an injected label as plain text', async (t) => {
  const name = '<img src=x onerror="alert(1)">';
  const boxes = [{ name, part: { x: 0, y: 0, width: 300, height: 100 } }];
  const { page } = await open(t, state({ where: where({ boxes }) }));
  await page.locator('.notesight-where-name', { hasText: name }).waitFor();
  assert.equal(await page.locator('.notesight-overlay img').count(), 1, 'the picture, and no other');
});

const question = (page: Page) => page.getByRole('textbox', { name: 'Question' });
const drafts = (page: Page) => page.evaluate(() => chat.drafts);

test('keeps the text of the question box on Escape', async (t) => {
  const { page } = await open(t, state());
  await question(page).fill('A long question');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  assert.equal(await question(page).inputValue(), 'A long question');
});

test('stores each keystroke of a question with its conversation', async (t) => {
  const { page, show } = await open(t, state());
  await question(page).focus();
  await page.keyboard.type('Hm');
  assert.deepEqual(await drafts(page), [
    [1, 'H'],
    [1, 'Hm'],
  ]);
  await show(state({ turns: [turn()] }));
  assert.equal(await question(page).inputValue(), 'Hm', 'a state that is older than the text leaves it');
  await show(state({ draft: { key: 2, text: 'Other', version: 0 } }));
  assert.equal(await question(page).inputValue(), 'Other');
  await show(state({ draft: { key: 1, text: 'Hm', version: 0 } }));
  assert.equal(await question(page).inputValue(), 'Hm');
});

test('returns a question to the box only if it is empty', async (t) => {
  const { page, show } = await open(t, state());
  const back = (version: number) => state({ draft: { key: 1, text: 'Back?', version } });
  await show(back(1));
  assert.equal(await question(page).inputValue(), 'Back?');
  await question(page).fill('Else');
  await show(back(2));
  assert.equal(await question(page).inputValue(), 'Else');
  assert.deepEqual((await drafts(page)).at(-1), [1, 'Else'], 'the host hears which one stands there');
  await question(page).fill('');
  await show(back(2));
  assert.equal(await question(page).inputValue(), '', 'what was deleted stays deleted');
});

test('disables the question box while no note is open, because nothing would be stored', async (t) => {
  const { page, show } = await open(t, state());
  await show(state({ note: null, draft: { key: 0, text: '', version: 0 } }));
  await question(page).focus();
  await page.keyboard.type('Hm');
  assert.equal(await question(page).inputValue(), '');
  await show(state());
  await page.keyboard.type('Hm');
  assert.equal(await question(page).inputValue(), 'Hm');
});

test('removes only its own question from the box on Retry', async (t) => {
  const stopped = turn({ answer: '', status: 'stopped', pictures: [], inWords: 0 });
  const { page, calls } = await open(
    t,
    state({ turns: [stopped], draft: { key: 1, text: 'What is it?', version: 0 } }),
  );
  await page.getByText('Stopped.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Copy' }).count(), 0);
  await page.getByRole('button', { name: 'Retry' }).click();
  assert.equal(await question(page).inputValue(), '');
  assert.deepEqual((await drafts(page)).at(-1), [1, '']);
  await question(page).fill('Something else');
  await page.getByRole('button', { name: 'Retry' }).click();
  assert.equal(await question(page).inputValue(), 'Something else');
  assert.deepEqual(await calls(), [
    ['askAgain', 0],
    ['askAgain', 0],
  ]);
});

test('keeps an edited question when the edit is left', async (t) => {
  const { page, calls, show } = await open(t, state({ turns: [turn(), turn({ question: 'Second?' })] }));
  await page.getByRole('button', { name: 'Edit' }).last().click();
  await page.keyboard.type(' Really?');
  assert.deepEqual((await page.evaluate(() => chat.edits)).at(-1), [1, 'Second? Really?']);
  const edited = turn({ question: 'Second?', edited: 'Second? Really?' });
  await show(state({ turns: [turn(), edited] }));
  await page.keyboard.press('Escape');
  await page.getByText('Second?', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Continue editing' }).click();
  assert.equal(await question(page).first().inputValue(), 'Second? Really?');
  await page.keyboard.press('Enter');
  assert.deepEqual(await calls(), [['edit', 1, 'Second? Really?']]);
});

test('closes an open edit when the conversation changes', async (t) => {
  const { page, show } = await open(t, state({ turns: [turn()] }));
  await page.getByRole('button', { name: 'Edit' }).click();
  await show(state({ turns: [turn({ question: 'Other?' })], draft: { key: 2, text: '', version: 0 } }));
  await page.getByText('Other?').waitFor();
  assert.equal(await question(page).count(), 1);
});

test('keeps a turn, with the new question below it, until the new answer begins', async (t) => {
  const waiting = turn({ status: 'waiting', asking: 'And now?', described: { done: 1, total: 3 } });
  const { page, show } = await open(t, state({ turns: [waiting, turn()], isBusy: true }));
  await page.getByText('Preparing images: 1 of 3…').waitFor();
  assert.deepEqual(await page.locator('.notesight-question-text:visible').allInnerTexts(), [
    'What is it?',
    'And now?',
    'What is it?',
  ]);
  assert.equal(await page.locator('.notesight-answer').count(), 2);
  await show(state({ turns: [turn({ asking: 'And now?' }), turn()] }));
  await page.getByText('Stopped.').waitFor();
  await page.locator('[role=status]', { hasText: 'Answer ready.' }).waitFor({ state: 'attached' });
  const error = { message: "Can't reach Ollama.", advice: 'Start it.' };
  await show(state({ turns: [turn({ asking: 'And now?', error }), turn()] }));
  await page.getByRole('button', { name: 'Retry' }).waitFor();
  assert.equal(await page.getByText('Stopped.').count(), 0);
});

test('switches between the versions of a turn', async (t) => {
  const { page, calls, show } = await open(
    t,
    state({ turns: [turn(), turn({ versions: { current: 2, count: 3 } })] }),
  );
  const versions = page.getByRole('group', { name: 'Version 2 of 3' });
  await versions.getByText('2 / 3').waitFor();
  await versions.getByRole('button', { name: 'Previous version' }).click();
  await versions.getByRole('button', { name: 'Next version' }).click();
  assert.deepEqual(await calls(), [
    ['switchVersion', 1, 1],
    ['switchVersion', 1, 3],
  ]);
  await show(state({ turns: [turn(), turn({ versions: { current: 3, count: 3 } })] }));
  assert.equal(await page.getByRole('button', { name: 'Next version' }).isDisabled(), true);
  assert.equal(
    await page.locator('.notesight-versions:visible').count(),
    1,
    'one version has none to go through',
  );
});

test('lists, opens and deletes earlier conversations, and can undo a deletion', async (t) => {
  const past = [
    { id: 4, title: 'Which pump is it?', changed: Date.UTC(2026, 4, 1, 12), questions: 2 },
    { id: 2, title: 'Why?', changed: 0, questions: 1 },
  ];
  const { page, calls, show } = await open(t, state({ turns: [turn()], history: past }));
  await page.getByRole('button', { name: 'History' }).click();
  const list = page.getByRole('list', { name: 'Previous conversations' });
  const texts = await list.getByRole('listitem').allInnerTexts();
  assert.match(texts[0] ?? '', /^Which pump is it\?\s+May 1, 2026, .+ · 2 questions$/);
  assert.match(texts[1] ?? '', /^Why\?\s+1 question$/);
  await page.getByRole('button', { name: 'Delete “Which pump is it?”' }).click();
  await show(state({ turns: [turn()], history: past.slice(1), undo: 'deletePast' }));
  await page.getByText('Deleted the conversation.').waitFor();
  assert.equal(
    await page.evaluate(() => document.activeElement?.textContent),
    'Why?1 question',
    'the focus goes on to the next one',
  );
  await page.getByRole('button', { name: 'Undo' }).click();
  await show(state({ turns: [turn()], history: past }));
  await list.getByText('Which pump is it?').click();
  assert.equal(await list.count(), 0);
  await page.getByRole('button', { name: 'History' }).press('Enter');
  await page.keyboard.press('Escape');
  assert.equal(await list.count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'History');
  await page.keyboard.press('Enter');
  await question(page).fill('Hm?');
  await page.keyboard.press('Enter');
  assert.equal(await page.getByRole('log').count(), 1, 'what is asked is shown');
  assert.deepEqual(await calls(), [['deletePast', 4], ['undo'], ['openPast', 4], ['ask', 'Hm?']]);
  await show(state());
  assert.equal(await page.getByRole('button', { name: 'History' }).count(), 0);
});

test('can undo a new conversation', async (t) => {
  const { page, calls, show } = await open(t, state({ turns: [turn()] }));
  await page.getByRole('button', { name: 'New conversation' }).click();
  await show(state({ undo: 'startNew' }));
  await page.getByText('Started a new conversation. The previous one is in History.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.deepEqual(await calls(), [['startNew'], ['undo']]);
});

const PROMPTS = [
  { id: 'table', name: 'Chart to table' },
  { id: 'translate', name: 'Translate the text in the image' },
  { id: 'formula', name: 'Formula to LaTeX' },
  { id: 'actions', name: 'Extract action items' },
];

test('lists the prompts that match what follows a slash', async (t) => {
  const { page, calls, show } = await open(t, state({ prompts: PROMPTS }));
  const box = question(page);
  const list = page.getByRole('listbox', { name: 'Prompts' });
  await box.focus();
  await page.keyboard.type('/');
  assert.equal(await list.getByRole('option').count(), 4);
  await page.keyboard.type('t');
  assert.deepEqual(await list.getByRole('option').allInnerTexts(), [
    'Chart to table',
    'Translate the text in the image',
    'Formula to LaTeX',
  ]);
  const active = () =>
    page.evaluate(
      () =>
        document.getElementById(document.activeElement?.getAttribute('aria-activedescendant') ?? '')
          ?.textContent,
    );
  assert.equal(await active(), 'Chart to table');
  await page.keyboard.press('ArrowUp');
  assert.equal(await active(), 'Formula to LaTeX');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await active(), 'Translate the text in the image');
  assert.deepEqual(await axeViolations(page, '.notesight-chat'), []);
  await page.keyboard.press('Enter');
  assert.deepEqual(await calls(), [['usePrompt', 'translate']]);
  assert.equal(await list.count(), 0);
  await show(state({ prompts: PROMPTS, inserted: { version: 1, text: 'Translate it.' } }));
  assert.equal(await box.inputValue(), 'Translate it.');
  assert.deepEqual((await drafts(page)).at(-1), [1, 'Translate it.']);
  await page.keyboard.type(' Briefly.');
  await page.keyboard.press('Enter');
  assert.deepEqual((await calls()).at(-1), ['ask', 'Translate it. Briefly.']);
});

test('keeps what was typed when Escape closes the list of prompts', async (t) => {
  const { page, calls } = await open(t, state({ prompts: PROMPTS }));
  const list = page.getByRole('listbox');
  await question(page).focus();
  await page.keyboard.type('/chart');
  await list.waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await list.count(), 0);
  assert.equal(await question(page).inputValue(), '/chart');
  await page.keyboard.press('Enter');
  assert.deepEqual(await calls(), [['ask', '/chart']]);
});

test('lists no prompts in the middle of a question or for an unknown name', async (t) => {
  const { page } = await open(t, state({ prompts: PROMPTS }));
  for (const text of ['a/b', '/usr', '/\nchart']) {
    await question(page).fill(text);
    assert.equal(await page.getByRole('listbox').count(), 0, text);
  }
});

test('chooses a prompt with the mouse and keeps the focus in the box', async (t) => {
  const { page, calls } = await open(t, state({ prompts: PROMPTS }));
  await question(page).fill('/');
  await page.getByRole('option', { name: 'Formula to LaTeX' }).click();
  assert.deepEqual(await calls(), [['usePrompt', 'formula']]);
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');
});

const FOUND = { query: 'les', notes: [{ id: 'a/Lesson.md', name: 'Lesson' }] };

test('completes the name of a note after @ and keeps the rest of the question', async (t) => {
  const { page, calls, show } = await open(t, state({ prompts: PROMPTS }));
  const box = question(page);
  await box.fill('Compare it with  in short');
  await box.evaluate((textarea: HTMLTextAreaElement) => {
    textarea.setSelectionRange(16, 16);
  });
  await box.pressSequentially('@les');
  assert.deepEqual((await calls()).at(-1), ['findNotes', 'les']);
  const list = page.getByRole('listbox', { name: 'Notes' });
  await show(state({ prompts: PROMPTS, foundNotes: { query: 'le', notes: FOUND.notes } }));
  assert.equal(await list.count(), 0, 'an answer to an earlier query is ignored');
  await show(state({ prompts: PROMPTS, foundNotes: FOUND }));
  assert.deepEqual(await list.getByRole('option').allInnerTexts(), ['Lesson']);
  assert.deepEqual(await axeViolations(page, '.notesight-chat'), []);
  await box.press('Tab');
  assert.equal(await box.inputValue(), 'Compare it with “Lesson”  in short');
  assert.deepEqual((await calls()).at(-1), ['includeOther', 'a/Lesson.md', true]);
  assert.deepEqual((await drafts(page)).at(-1), [1, 'Compare it with “Lesson”  in short']);
  assert.equal(await list.count(), 0);
  await show(state({ notes: FOUND.notes, foundNotes: FOUND }));
  await page.getByRole('button', { name: 'Remove Lesson' }).click();
  assert.deepEqual((await calls()).at(-1), ['includeOther', 'a/Lesson.md', false]);
});

test('keeps what was typed when Escape closes the list of notes', async (t) => {
  const { page, calls, show } = await open(t, state());
  await question(page).pressSequentially('@les');
  await show(state({ foundNotes: FOUND }));
  await page.getByRole('listbox').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('listbox').count(), 0);
  await page.keyboard.press('Enter');
  assert.deepEqual((await calls()).at(-1), ['ask', '@les']);
});

test('looks for no notes inside a word, and lists none that are not found', async (t) => {
  const { page, calls, show } = await open(t, state());
  await question(page).pressSequentially('me@les');
  assert.deepEqual(await calls(), []);
  await question(page).fill('@les');
  await show(state({ foundNotes: { query: 'les', notes: [] } }));
  assert.equal(await page.getByRole('listbox').count(), 0);
});

test('suggests the first prompts until a question was asked', async (t) => {
  const { page, calls, show } = await open(t, state({ prompts: PROMPTS }));
  const suggested = page.getByRole('log').getByRole('button');
  assert.deepEqual(
    await suggested.allInnerTexts(),
    PROMPTS.slice(0, 3).map(({ name }) => name),
  );
  await question(page).fill('Only the left half.');
  await suggested.first().click();
  assert.deepEqual(await calls(), [['usePrompt', 'table']]);
  await show(state({ prompts: PROMPTS, inserted: { version: 1, text: 'Convert the chart.' } }));
  assert.equal(await question(page).inputValue(), 'Only the left half.\nConvert the chart.');
  await show(state({ prompts: PROMPTS, inserted: { version: 1, text: '' }, turns: [turn()] }));
  assert.equal(await page.getByRole('button', { name: 'Chart to table' }).count(), 0);
});

test('does not insert the last prompt of another note', async (t) => {
  const { page, show } = await open(t, state({ prompts: PROMPTS }));
  await show(state({ draft: { key: 2, text: '', version: 0 }, inserted: { version: 5, text: 'Old' } }));
  assert.equal(await question(page).inputValue(), '');
});

test('lets the user include the text of the note, and says what it costs', async (t) => {
  const { page, calls } = await open(t, state({ noteText: { tokens: 1234, isIncluded: true } }));
  const box = page.getByRole('checkbox', { name: 'Include note text (about 1,200 tokens)' });
  assert.equal(await box.isChecked(), true);
  await box.click();
  assert.deepEqual(await calls(), [['includeNote', false]]);
});
