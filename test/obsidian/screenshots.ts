// Takes screenshots of the built plugin in the Obsidian model with the samples, in both themes: node
// scripts/screenshots.mjs [NAME …]
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import sharp from 'sharp';
import { gemma3, qwen3vl, textOnly } from '../fakes/fake-models.ts';
import { startFakeOllama, type FakeModel } from '../fakes/fake-ollama.ts';
import { imageCommand } from './image-command.ts';
import { startObsidian, type ObsidianWindow, type OpenOptions } from './harness.ts';
import { readVault } from './read-vault.ts';
import { scriptedAnswer } from './scripted-answer.ts';

const FOLDER = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const SIZE = { width: 1100, height: 720 };
/** The default address of Ollama, as shown in the screenshots. */
const OLLAMA = 'http://127.0.0.1:11434';

const LECTURE = 'Lecture notes (en).md';
const MEETING = 'Inbox/2026-11-03 Team meeting.md';

/** Returns positions with its own labels instead of the defaults of its family. */
const POINTING: FakeModel = {
  ...gemma3,
  name: qwen3vl.name,
  capabilities: ['completion', 'vision'],
  ...(qwen3vl.details && { details: qwen3vl.details }),
  ...(qwen3vl.modelInfo && { modelInfo: qwen3vl.modelInfo }),
  answer: scriptedAnswer,
};

/** The setup of a screenshot: how the window is opened and what is done there before. */
interface Shot {
  readonly options?: OpenOptions;
  readonly show: (window: ObsidianWindow) => Promise<unknown>;
}

const SHOTS: Readonly<Record<string, Shot>> = {
  review: {
    options: { note: LECTURE },
    async show({ page, showFileMenu }) {
      await showFileMenu([LECTURE, MEETING]);
      await page.getByText('Generate alt text for the images in these files').click();
      await page.getByText('6 to review, 1 failed').waitFor();
    },
  },
  status: {
    options: { note: LECTURE, data: { missing: 'useless', review: 'never' } },
    async show(window) {
      const { page, showFileMenu } = window;
      await showFileMenu([LECTURE, MEETING]);
      await page.getByText('Generate alt text for the images in these files').click();
      await page.mouse.move(SIZE.width / 2, 0);
      await scrollTo(window, '## Gradient descent');
      await page.getByText(/^4\/7 · /).waitFor();
    },
  },
  menu: {
    options: { note: LECTURE },
    async show(window) {
      const { page, setCursor, editorText } = window;
      await setCursor((await editorText()).indexOf('gradient-descent.png'));
      await scrollTo(window, '## Gradient descent');
      await page
        .locator('.cm-line', { hasText: 'gradient-descent.png' })
        .click({ button: 'right', position: { x: 60, y: 12 } });
      await page.getByText('Generate alt text', { exact: true }).hover();
    },
  },
  chat: {
    options: { note: LECTURE },
    async show(window) {
      const { page } = window;
      await window.runCommand('notesight:ask-note');
      await page
        .getByRole('textbox', { name: 'Question' })
        .fill('Which learning rate is the best one, and why?');
      await page.keyboard.press('Enter');
      await page.locator('.notesight-turn[aria-busy=false]').waitFor();
      await page.getByRole('textbox', { name: 'Question' }).fill('What happens with a larger one?');
    },
  },
  where: {
    options: { note: MEETING, data: { model: POINTING.name } },
    async show({ page, runCommand }) {
      await runCommand('notesight:ask-note');
      await imageCommand(page, 3, 'Detect objects');
      await page.getByText(/^7 objects detected by/).waitFor();
      await page.getByRole('button', { name: /^sync service/ }).hover();
    },
  },
  find: {
    options: { note: LECTURE },
    async show(window) {
      const { page } = window;
      await window.showFileMenu([LECTURE, MEETING]);
      await page.getByText('Generate alt text for the images in these files').click();
      await page.getByText('6 to review, 1 failed').waitFor();
      await page.keyboard.press('Escape');
      await window.runCommand('notesight:find-image');
      await page.keyboard.type('learning rate');
      await page.locator('.suggestion-item').first().waitFor();
    },
  },
  settings: {
    options: { note: LECTURE },
    async show({ page, toggleSettings }) {
      await toggleSettings();
      await page.getByText(/^Connected to Ollama at/).waitFor();
    },
  },
  'first-run': {
    options: { note: 'Start here.md', data: null },
    async show({ page }) {
      await page.getByRole('button', { name: 'Check again' }).click();
      await page.getByRole('button', { name: 'Generate alt text' }).click();
      await page.getByText(/^Alt text: /).waitFor();
    },
  },
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(SHOTS);
const vault = await readVault(fileURLToPath(new URL('../../samples/vault', import.meta.url)));
const ollama = await startFakeOllama({
  models: [{ ...gemma3, answer: scriptedAnswer }, POINTING, textOnly],
  loaded: [gemma3.name],
  delay: 1000,
});
const obsidian = await startObsidian();
await mkdir(FOLDER, { recursive: true });
try {
  for (const name of names) {
    const shot = SHOTS[name];
    if (shot === undefined) throw new Error(`No picture is called ${name}.`);
    await take(name, shot);
  }
} finally {
  await obsidian.close();
  await ollama.close();
}

/** Scrolls a line of the note to the top. */
async function scrollTo({ page }: ObsidianWindow, line: string): Promise<void> {
  await page.locator('.cm-line', { hasText: line }).evaluate((element) => {
    element.scrollIntoView({ block: 'start' });
  });
}

async function take(name: string, { options, show }: Shot): Promise<void> {
  const window = await obsidian.open({
    ...vault,
    data: { missing: 'useless' },
    ...options,
    localStorage: {},
  });
  const { page, setTheme, close } = window;
  await page.setViewportSize(SIZE);
  await page.route(`${OLLAMA}/**`, (route) =>
    route.continue({ url: route.request().url().replace(OLLAMA, ollama.url) }),
  );
  await show(window);
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(theme);
    const png = await sharp(await page.screenshot({ animations: 'disabled' }))
      .png({ palette: true, colors: 128, effort: 10, compressionLevel: 9 })
      .toBuffer();
    await writeFile(`${FOLDER}${name}-${theme}.png`, png);
    console.log(`docs/screenshots/${name}-${theme}.png ${(png.length / 1000).toFixed(0)} kB`);
  }
  await close();
}
