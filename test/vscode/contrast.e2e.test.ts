import assert from 'node:assert/strict';
import { withNotesight } from './with-notesight.ts';

/** The names and classes of the themes with high contrast. */
const THEMES = [
  ['Default High Contrast Light', 'hc-light'],
  ['Default High Contrast', 'hc-black'],
] as const;

await withNotesight('The side bar with high contrast', {}, (scenario, fake) => {
  for (const [theme, kind] of THEMES) {
    scenario(`shows code, the button, and the chosen images in ${theme}`, async (workbench) => {
      const { palette, webview, inHost, page } = workbench;
      await inHost(async (vscode, name) => {
        const settings = vscode.workspace.getConfiguration('workbench');
        await settings.update('colorTheme', name, vscode.ConfigurationTarget.Global);
      }, theme);
      await page.locator(`.monaco-workbench.${kind}`).waitFor();
      await palette('Notesight: Ask about the images in this file');
      const panel = await webview();
      fake.next({ kind: 'answer', text: 'Run `npm start` first.' });
      const box = panel.getByRole('textbox', { name: 'Question' });
      await box.fill(`What is shown in ${theme}?`);
      await box.press('Enter');
      const code = panel.locator('.notesight-answer code').last();
      await code.waitFor();
      await box.fill('And now?');
      await page.waitForTimeout(500);
      await page.screenshot({ path: `.scratch/vscode-${kind}.png` });
      const styles = await code.evaluate((element) => {
        const style = (selector: string) => {
          const found = document.querySelector(selector);
          if (found === null) throw new Error(selector);
          const { outlineColor, outlineWidth, borderTopColor, backgroundColor } = getComputedStyle(found);
          return { outlineColor, outlineWidth, borderTopColor, backgroundColor };
        };
        const { color, backgroundColor } = getComputedStyle(element);
        const page = document.body.appendChild(document.createElement('div'));
        page.style.backgroundColor = 'var(--vscode-sideBar-background)';
        return {
          code: [color, backgroundColor] as const,
          button: style('.notesight-main-button'),
          chosen: style('.notesight-image:has(.notesight-image-box:checked)'),
          page: getComputedStyle(page).backgroundColor,
        };
      });
      assert.ok(contrast(...styles.code) > 4.5, styles.code.join(' on '));
      assert.ok(contrast(styles.button.borderTopColor, styles.page) > 3, JSON.stringify(styles.button));
      assert.equal(styles.chosen.outlineWidth, '2px');
      assert.ok(contrast(styles.chosen.outlineColor, styles.page) > 3, JSON.stringify(styles.chosen));
    });
  }
});

/** @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** Of a computed color. Transparent is black on black here: it never contrasts. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map((value) => {
    const part = Number(value) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
