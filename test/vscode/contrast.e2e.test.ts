import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { axeViolations } from '../browser/axe-violations.ts';
import type { TestWorkbench } from './host/with-workbench.ts';
import { openedReview } from './host/review-page.ts';
import { withNotesight } from './with-notesight.ts';

const CHAT = 'Ask about images';
/** The names and classes of the themes with high contrast. */
const THEMES = [
  ['Default High Contrast Light', 'hc-light'],
  ['Default High Contrast', 'hc-black'],
] as const;
const ORDINARY_THEMES = [
  ['Default Light Modern', 'vs'],
  ['Default Dark Modern', 'vs-dark'],
] as const;
/** The classes of the body of a webview, by those of the window. */
const PAGE_CLASSES = {
  'hc-light': 'vscode-high-contrast-light',
  'hc-black': 'vscode-high-contrast:not(.vscode-high-contrast-light)',
  vs: 'vscode-light',
  'vs-dark': 'vscode-dark',
};

await withNotesight('The side bar with high contrast', {}, (scenario, fake) => {
  for (const [theme, kind] of THEMES) {
    scenario(`shows code, the button, and the chosen images in ${theme}`, async (workbench) => {
      const { palette, webview, page } = workbench;
      await useTheme(workbench, theme, kind);
      await palette('Notesight: Ask about the images in this file');
      const panel = await webview(CHAT);
      const finished = panel.locator('.notesight-turn[aria-busy=false]');
      const asked = await finished.count();
      await panel.getByRole('textbox', { name: 'Question' }).fill(`Describe the images in ${theme}.`);
      await panel.getByRole('textbox', { name: 'Question' }).press('Enter');
      // The images are described before the first answer.
      await finished.nth(asked).waitFor();
      fake.next({ kind: 'answer', text: 'Run `npm start` first.' });
      const box = panel.getByRole('textbox', { name: 'Question' });
      await box.fill(`What is shown in ${theme}?`);
      await box.press('Enter');
      const code = panel.locator('.notesight-answer code').last();
      await code.waitFor();
      await box.fill('And now?');
      await page.waitForTimeout(500);
      const button = panel.locator('.notesight-main-button').first();
      const chosen = panel.locator('.notesight-image:has(.notesight-image-box:checked)').first();
      const styles = {
        code: [await computed(code, 'color'), await computed(code, 'background-color')] as const,
        button: await computed(button, 'border-top-color'),
        chosen: await computed(chosen, 'outline-color'),
        page: await computed(panel.locator('.notesight-chat').first(), '--vscode-sideBar-background'),
      };
      assert.ok(contrast(...styles.code) > 4.5, styles.code.join(' on '));
      assert.ok(contrast(styles.button, styles.page) > 3, `${styles.button} on ${styles.page}`);
      assert.equal(await computed(chosen, 'outline-width'), '2px');
      assert.ok(contrast(styles.chosen, styles.page) > 3, `${styles.chosen} on ${styles.page}`);
    });
  }

  scenario('has no accessibility problems, nor has the review', async (workbench) => {
    const { palette, webview } = workbench;
    await palette('Notesight: Generate alt text for the images in this file');
    const { frame, ready } = await openedReview(workbench);
    await ready(2);
    const pages = [
      ['.notesight-chat', await webview(CHAT)],
      ['.notesight-review', frame],
    ] as const;
    const found: string[] = [];
    for (const [theme, kind] of [...THEMES, ...ORDINARY_THEMES]) {
      await useTheme(workbench, theme, kind);
      for (const [inside, view] of pages) {
        await view.locator(`body.${PAGE_CLASSES[kind]}`).waitFor();
        const problems = await axeViolations(await frameOf(view), inside);
        found.push(...problems.map((problem) => `${theme}: ${problem}`));
      }
    }
    assert.deepEqual(found, []);
  });
});

async function useTheme({ inHost, page }: TestWorkbench, theme: string, kind: string): Promise<void> {
  await inHost(async (vscode, name) => {
    const settings = vscode.workspace.getConfiguration('workbench');
    await settings.update('colorTheme', name, vscode.ConfigurationTarget.Global);
  }, theme);
  await page.locator(`.monaco-workbench.${kind}`).waitFor();
}

async function frameOf(view: FrameLocator) {
  const body = await view.locator('body').elementHandle();
  const frame = await body.ownerFrame();
  if (!frame) throw new Error('The webview has no frame.');
  // The page is transparent; what is behind it is outside of the frame.
  await frame.evaluate(() => {
    document.body.style.backgroundColor = 'var(--vscode-sideBar-background)';
  });
  return frame;
}

function computed(element: Locator, property: string): Promise<string> {
  return element.evaluate((each, name) => getComputedStyle(each).getPropertyValue(name), property);
}

/** @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** @param color in hexadecimal or `rgb()` notation */
function luminance(color: string): number {
  const channels = color.startsWith('#')
    ? (color.match(/[\da-f]{2}/gi) ?? []).map((value) => Number.parseInt(value, 16))
    : (color.match(/[\d.]+/g) ?? []).map(Number);
  const [red = 0, green = 0, blue = 0] = channels.slice(0, 3).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
