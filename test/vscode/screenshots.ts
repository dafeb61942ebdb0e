// Takes screenshots of the extension in a real VS Code with the samples, in both themes: node scripts/screenshots.mjs
// --vscode [NAME …]
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { launchChromium } from '../browser/launch-chromium.ts';
import { gemma3 } from '../fakes/fake-models.ts';
import { startFakeOllama } from '../fakes/fake-ollama.ts';
import { scriptedAnswer } from '../obsidian/scripted-answer.ts';
import { builtExtension } from './built-extension.ts';
import { openWorkbench, type Workbench } from './host/open-workbench.ts';
import { QUIET_NETWORK } from './host/quiet-network.ts';
import { openedReview } from './host/review-page.ts';
import { startVscode } from './host/start-vscode.ts';

const FOLDER = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const SAMPLES = fileURLToPath(new URL('../../samples/vault', import.meta.url));
const SIZE = { width: 1100, height: 720 };
const LECTURE = 'Lecture notes (en).md';
/** The line of the first image, starting at 1. */
const FIRST_IMAGE = 15;

/** The actions in a window before a screenshot is taken. */
const SHOTS: Readonly<Record<string, (window: Workbench) => Promise<unknown>>> = {
  async fix({ page, problems, setCursor }) {
    await problems();
    await setCursor(FIRST_IMAGE, 3);
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget', { hasText: 'Mark as decorative' }).waitFor();
  },
  async review(window) {
    await window.palette('Notesight: Generate alt text for the images in this file');
    const { ready } = await openedReview(window);
    await ready(3);
    await window.page.waitForTimeout(500);
  },
  async hover({ palette, setCursor, waitForText, hover, page }) {
    await setCursor(FIRST_IMAGE, 3);
    await palette('Notesight: Generate alt text for the image at the cursor');
    await waitForText(/!\[Slide on gradient/);
    await hover('gradient-descent');
    await page.waitForTimeout(500);
  },
  async chat({ palette, webview, page }) {
    await palette('Notesight: Ask about the images in this file');
    const panel = await webview();
    const box = panel.getByRole('textbox', { name: 'Question' });
    await box.fill('Which learning rate is the best one, and why?');
    await box.press('Enter');
    await panel.locator('.notesight-turn[aria-busy=false]').waitFor();
    await box.fill('What happens with a larger one?');
    await page.waitForTimeout(300);
  },
  async find(window) {
    const { palette, page, closeNotification, waitForNotification } = window;
    await palette('Notesight: Generate alt text for the images in this file');
    const { ready, button } = await openedReview(window);
    await ready(3);
    await button('Skip all').click();
    await closeNotification(await waitForNotification(/Nothing was written/));
    await palette('Notesight: Find an image');
    await page.locator('.quick-input-title', { hasText: 'Find an image' }).waitFor();
    await page.keyboard.type('learning rate');
    // A single result is shown beside the editor.
    await page.getByRole('tab', { name: /learning-rates\.png/ }).waitFor();
    await page.waitForTimeout(1000);
  },
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(SHOTS);
mkdirSync(FOLDER, { recursive: true });
const ollama = await startFakeOllama({ models: [{ ...gemma3, answer: scriptedAnswer }], delay: 300 });
const browser = await launchChromium(QUIET_NETWORK);
try {
  for (const name of names) {
    const show = SHOTS[name];
    if (show === undefined) throw new Error(`No picture is called ${name}.`);
    for (const theme of ['light', 'dark'] as const) await take(name, theme, show);
  }
} finally {
  await browser.close();
  await ollama.close();
}

async function take(
  name: string,
  theme: 'light' | 'dark',
  show: (window: Workbench) => Promise<unknown>,
): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'notesight-shots-')));
  const workspace = join(folder, 'Notes');
  cpSync(SAMPLES, workspace, { recursive: true });
  const vscode = await startVscode({
    extensions: [builtExtension],
    machineSettings: { 'notesight.server': ollama.url },
    settings: { 'editor.wordWrap': 'on', 'editor.minimap.enabled': false },
    env: { NOTESIGHT_DATA: join(folder, 'data') },
  });
  try {
    const window = await openWorkbench(browser, vscode, {
      workspace,
      file: LECTURE,
      activated: ['notesight.notesight'],
    });
    await window.page.setViewportSize(SIZE);
    await window.theme(theme);
    await show(window);
    const png = await sharp(await window.page.screenshot({ animations: 'disabled' }))
      .png({ palette: true, colors: 128, effort: 10, compressionLevel: 9 })
      .toBuffer();
    await writeFile(`${FOLDER}vscode-${name}-${theme}.png`, png);
    console.log(`docs/screenshots/vscode-${name}-${theme}.png ${(png.length / 1000).toFixed(0)} kB`);
    await window.close();
  } finally {
    await vscode.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
