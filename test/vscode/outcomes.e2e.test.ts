import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { until } from '../e2e/until.ts';
import { NOTE, withNotesight } from './with-notesight.ts';

const SLIDE = new URL('../../samples/vault/attachments/gradient-descent.png', import.meta.url);
const OWN = '![My own words](b.png)\n\n![](a.png)\n\n![](b.png)\n';
/** Milliseconds for text recognition on a slow machine. */
const RECOGNITION = 90_000;

await withNotesight(
  'The outcome',
  {
    settings: { 'notesight.review': 'never' },
    files: {
      'torn.md': '![](torn.png)\n\n![](a.png)\n',
      'torn.png': 'not an image',
      'own.md': OWN,
      'slide.md': '![](slide.png)\n',
      'slide.png': readFileSync(SLIDE),
    },
  },
  (scenario) => {
    scenario('of one image is shown in one sentence and can be undone', async (workbench) => {
      const { setCursor, quickFix, waitForNotification, waitForText } = workbench;
      await setCursor(7, 3);
      await quickFix('Generate alt text');
      await waitForText('![Square 90 wide](b.png)');
      const toast = await waitForNotification(/Alt text written\./);
      await toast.getByText('Undo', { exact: true }).click();
      await waitForText(NOTE);
    });

    scenario('of a batch counts only the images it was about', async (workbench) => {
      const { openFile, palette, waitForNotification, closeNotification } = workbench;
      await openFile('own.md');
      await palette('Notesight: Generate alt text for the images in this file');
      await closeNotification(await waitForNotification(/Updated 2 images\./));
    });

    scenario('of images that failed can be read and retried', async (workbench) => {
      const { openFile, palette, waitForNotification, inHost } = workbench;
      const text = () => inHost((vscode) => vscode.window.activeTextEditor?.document.getText() ?? '');
      await openFile('torn.md');
      await palette('Notesight: Generate alt text for the images in this file');
      const toast = await waitForNotification(/Updated 1 image\. 1 failed\./);
      await toast.getByText('Show report', { exact: true }).click();
      await until('the report is open', 10_000, text, (report) =>
        /^- torn\.md: torn\.png: .+ is text, not an image/.test(report),
      );
      await openFile('torn.md');
      await palette('Notesight: Generate alt text for the images in this file');
      await waitForNotification(/is text, not an image/);
    });

    scenario('of an error has buttons', async (workbench) => {
      const { inHost, openFile, setCursor, palette, waitForNotification, page } = workbench;
      await inHost(async (vscode) => {
        const settings = vscode.workspace.getConfiguration('notesight');
        await settings.update('engine', 'server', vscode.ConfigurationTarget.Global);
        await settings.update('server', 'http://127.0.0.1:9', vscode.ConfigurationTarget.Global);
      });
      await openFile('slide.md');
      await setCursor(1, 3);
      await palette('Notesight: Generate alt text for the image at the cursor');
      const toast = await waitForNotification(/Can't reach/);
      await toast.getByText('Open settings', { exact: true }).click();
      await page.locator('.settings-editor .setting-item-label', { hasText: 'Server' }).first().waitFor();
    });

    scenario('without a vision model is text recognition only if the user agrees', async (workbench) => {
      const { inHost, openFile, setCursor, palette, page, editorText } = workbench;
      await inHost(async (vscode) => {
        const settings = vscode.workspace.getConfiguration('notesight');
        await settings.update('engine', undefined, vscode.ConfigurationTarget.Global);
      });
      const dialog = page.locator('.monaco-dialog-box', { hasText: 'Use text recognition instead' });
      const run = async () => {
        await openFile('slide.md');
        await setCursor(1, 3);
        await palette('Notesight: Generate alt text for the image at the cursor');
      };
      const choose = async (button: string) => {
        await dialog.waitFor({ timeout: RECOGNITION });
        await dialog.getByText(button, { exact: true }).click();
        await dialog.waitFor({ state: 'hidden' });
      };
      await run();
      await choose('Cancel');
      await run();
      await choose('Set up Ollama');
      await page.getByText('Get started with Notesight').first().waitFor();
      await until(
        'the walkthrough has the place of the file',
        RECOGNITION,
        () => inHost((vscode) => vscode.window.activeTextEditor?.document.getText() ?? ''),
        (text) => text === '',
      );
      await openFile('slide.md');
      assert.equal(await editorText(), '![](slide.png)\n');
      await run();
      await choose('Use text recognition');
      await until('text is recognized', RECOGNITION, editorText, (text) => /Gradient descent/i.test(text));
      await workbench.undo();
      await run();
      await until('nothing is asked again', RECOGNITION, editorText, (text) => /Gradient/i.test(text));
    });
  },
);
