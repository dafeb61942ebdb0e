import assert from 'node:assert/strict';
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { held } from '../held.ts';
import { square } from '../obsidian/square.ts';
import { NOTE, withNotesight } from './with-notesight.ts';

const { hold, release } = held();

await withNotesight(
  'Menus and the status bar',
  {
    server: { hold },
    settings: { 'notesight.review': 'never' },
    files: { 'plain.txt': 'Text\n', 'other.md': '![](b.png)\n\n![](a.png)\n', 'c.png': await square(100) },
  },
  (scenario, fake) => {
    scenario('show the images without alt text, the model, and the server', async (workbench) => {
      const { page } = workbench;
      const item = page.locator(
        '.statusbar-item[id="notesight.notesight.notesight.status"], .statusbar-item',
        {
          has: page.locator('.codicon-file-media'),
        },
      );
      await item.first().waitFor();
      assert.match(await item.first().innerText(), /2/);
      await item.first().click();
      const row = (text: string) => page.locator('.quick-input-list .monaco-list-row', { hasText: text });
      await row('Generate alt text for this file').waitFor();
      await row('Model: Automatic').waitFor();
      await row(`Server: ${fake.url}`).waitFor();
      await page.keyboard.press('Escape');
    });

    scenario('offer to stop only while something runs', async (workbench) => {
      const { page, setCursor, palette, editorText } = workbench;
      const rows = async () => {
        await page.keyboard.press('F1');
        await page.locator('.quick-input-widget .quick-input-box input').fill('>Notesight: Stop');
        await page.waitForTimeout(700);
        const found = await page.locator('.quick-input-list .monaco-list-row').allInnerTexts();
        await page.keyboard.press('Escape');
        return found.join('\n');
      };
      assert.doesNotMatch(await rows(), /Stop generating/);
      await setCursor(7, 3);
      await palette('Notesight: Generate alt text for the image at the cursor');
      const spinner = page.locator('.statusbar-item .codicon-loading');
      await spinner.first().waitFor();
      assert.equal(await spinner.count(), 1, 'one progress');
      assert.match(await rows(), /Stop generating alt text/);
      await palette('Notesight: Stop generating alt text');
      await spinner.first().waitFor({ state: 'hidden' });
      release();
      assert.equal(await editorText(), NOTE);
      assert.doesNotMatch(await rows(), /Stop generating/);
    });

    scenario('generate alt text for an image of the explorer in all files', async (workbench) => {
      const { page, openFile, waitForText, diskText, waitForDisk } = workbench;
      await openFile('note.md');
      const menuOf = async (name: string) => {
        await page
          .locator('.explorer-folders-view .monaco-list-row', { hasText: name })
          .first()
          .click({ button: 'right' });
        const entry = page.locator('.context-view .action-item, .monaco-menu .action-item');
        await entry.filter({ hasText: 'Notesight' }).first().waitFor();
        return entry;
      };
      const entries = await menuOf('b.png');
      const titles = await entries.allInnerTexts();
      const at = (title: string) => titles.findIndex((each) => each.startsWith(title));
      assert.ok(at('Notesight') < at('Delete'), titles.join(', '));
      await entries.filter({ hasText: 'Notesight' }).first().hover();
      const inMenu = page.locator('.monaco-submenu .action-item', {
        hasText: 'Generate alt text for this image',
      });
      await inMenu.waitFor();
      // VS Code ignores clicks right after a menu opened.
      await page.waitForTimeout(500);
      await inMenu.click();
      await inMenu.waitFor({ state: 'hidden' });
      await waitForText('![Square 90 wide](b.png)');
      await waitForDisk('other.md', '![Square 90 wide](b.png)');
      assert.match(diskText('other.md'), /!\[\]\(a\.png\)/);
      await workbench.undo();
    });

    scenario('name the model and the server in the log', async ({ outputChannel }) => {
      const text = await outputChannel('Notesight');
      assert.match(text, /Model: gemma3:4b\. Server: http:\/\/127\.0\.0\.1:\d+\./);
    });

    scenario('show the images that changed last before anything is typed', async (workbench) => {
      const { page, palette, openFile, workspace } = workbench;
      await openFile('note.md');
      const rows = page.locator('.quick-input-list .monaco-list-row');
      for (const [name, time] of [
        ['a.png', Date.now() / 1000 + 60],
        ['b.png', Date.now() / 1000 + 120],
      ] as const) {
        utimesSync(join(workspace, name), time, time);
        await palette('Notesight: Find an image');
        await rows.first().filter({ hasText: name }).waitFor();
        await page.keyboard.press('Escape');
      }
    });

    scenario('say what to do when asked without a file', async (workbench) => {
      const { inHost, palette, waitForNotification, page, webview } = workbench;
      await inHost(async (vscode) => {
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      });
      await page.keyboard.press('Escape');
      await palette('Notesight: Ask about the images in this file');
      const toast = await waitForNotification(/To ask about images, open a Markdown file/);
      await toast.getByText('Open file…').click();
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'note.md' }).first().click();
      const panel = await webview();
      await panel.getByText('2 of 2 images selected').waitFor();
    });
  },
);

await withNotesight(
  'The docs of a repository',
  {
    workspaceFile: 'docs',
    file: 'guide.md',
    settings: { 'notesight.review': 'never' },
    files: {
      '.git/HEAD': 'ref: refs/heads/main\n',
      'docs/guide.md': '![](../img/x.png) ![](/img/x.png) ![](../img/none.png)\n',
      'img/x.png': await square(120),
      'README.md': '![](img/x.png)\n',
    },
  },
  (scenario) => {
    scenario('may show images from all of it', async ({ problems, palette, waitForText, diskText }) => {
      const rows = (await problems()).join('\n');
      assert.equal(rows.match(/has no alt text/g)?.length, 2, rows);
      assert.equal(rows.match(/Image not found/g)?.length, 1, rows);
      await palette('Notesight: Generate alt text for the images in the workspace');
      await waitForText('![Square 120 wide](../img/x.png) ![Square 120 wide](/img/x.png)');
      assert.equal(diskText('README.md'), '![](img/x.png)\n', 'outside the open folder');
    });
  },
);
