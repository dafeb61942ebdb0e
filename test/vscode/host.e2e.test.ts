import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { square } from '../obsidian/square.ts';
import { buildExtension } from './host/build-extension.ts';
import { withWorkbench } from './host/with-workbench.ts';

const SAMPLE = 'notesight-test.sample';
const sample = mkdtempSync(join(tmpdir(), 'notesight-sample-'));
buildExtension(fileURLToPath(new URL('sample', import.meta.url)), sample);
after(() => {
  rmSync(sample, { recursive: true, force: true });
});

const NOTE = '# Hello\n\nSomething is TODO here.\n\n';

withWorkbench(
  'A window of VS Code',
  {
    files: { 'note.md': NOTE, 'other.md': `${'line\n'.repeat(300)}the end\n` },
    file: 'note.md',
    extensions: [sample],
    activated: [SAMPLE, 'vscode.markdown-language-features'],
    env: { SAMPLE: 'given' },
  },
  (scenario) => {
    scenario('lets an extension change a note and saves it to disk', async (workbench) => {
      await workbench.clickIntoEditor();
      await workbench.palette('Sample: Add a Stamp');
      await workbench.waitForText('STAMP');
      await workbench.save();
      assert.equal(workbench.diskText('note.md'), `${NOTE}STAMP\n`);
      await workbench.undo();
      await workbench.save();
      assert.equal(workbench.diskText('note.md'), NOTE);
    });

    scenario('passes the environment to extensions and shows a notification', async (workbench) => {
      await workbench.palette('Sample: Tell the Environment');
      const toast = await workbench.waitForNotification(/SAMPLE is given/);
      assert.deepEqual(await workbench.notifications(), ['SAMPLE is given']);
      await workbench.closeNotification(toast);
      assert.deepEqual(await workbench.notifications(), []);
    });

    scenario('lists and fixes a problem', async (workbench) => {
      assert.match((await workbench.problems()).join('\n'), /Something is to do/);
      await workbench.setCursor(3, 15);
      const fixes = await workbench.quickFixes();
      assert.ok(fixes.includes('Call it done'), fixes.join());
      await workbench.quickFix('Call it done');
      await workbench.waitForText('Something is DONE here.');
      await workbench.undo();
      await workbench.waitForText('Something is TODO here.');
    });

    scenario('shows a hover from an extension', async (workbench) => {
      const hover = await workbench.hover('Hello');
      assert.match(await hover.innerText(), /A word to greet/);
    });

    scenario('pastes an image from the clipboard like VS Code does', async (workbench) => {
      await workbench.setCursor(4, 1);
      await workbench.pasteImage(await square(40));
      await workbench.waitForText('![alt text](image.png)');
      await workbench.waitForDisk('image.png', /PNG/);
      const { width } = await sharp(readFileSync(join(workbench.workspace, 'image.png'))).metadata();
      assert.equal(width, 40);
      // The placeholder is selected.
      await workbench.typeText('mine');
      await workbench.waitForText('![mine](image.png)');
    });

    scenario('accepts a dropped image', async (workbench) => {
      await workbench.dropImage(await square(30), 'dropped.png', 2);
      await workbench.waitForText('![alt text](dropped.png)');
      await workbench.waitForDisk('dropped.png', /PNG/);
      await workbench.save();
      assert.match(workbench.diskText('note.md'), /dropped\.png/);
    });

    scenario('opens another file and reads its whole text', async (workbench) => {
      await workbench.openFile('other.md');
      assert.match(await workbench.editorText(), /^line\n[^]*the end\n$/);
      await workbench.setCursor(301, 4);
      await workbench.typeText('X');
      await workbench.waitForText('theX end');
      await workbench.undo();
      await workbench.waitForText('the end');
      await workbench.openFile('note.md');
    });

    scenario('previews, discards and applies a refactoring', async (workbench) => {
      const before = await workbench.editorText();
      await workbench.palette('Sample: Refactor with a Preview');
      const rows = await workbench.refactorPreview.rows();
      assert.match(rows.join('\n'), /note\.md/);
      await workbench.refactorPreview.discard();
      assert.equal(await workbench.editorText(), before);
      await workbench.palette('Sample: Refactor with a Preview');
      await workbench.refactorPreview.check(/new line/);
      await workbench.refactorPreview.apply();
      await workbench.waitForText(/new line/);
      await workbench.save();
    });

    scenario('lets a test use a webview in the side bar', async (workbench) => {
      await workbench.page.getByRole('tab', { name: 'Sample Views' }).click();
      const view = await workbench.webview();
      await view.getByRole('button', { name: 'Ask' }).click();
      await view.getByText('ping pong').waitFor();
    });

    scenario('finds a webview by its title', async (workbench) => {
      await workbench.palette('Sample: Open a Panel');
      const panel = await workbench.webview('Sample Panel');
      await panel.getByText('In a panel').waitFor();
    });

    scenario('reads an output channel', async (workbench) => {
      assert.match(await workbench.outputChannel('Sample'), /The sample is active\./);
    });

    scenario('switches between light and dark themes', async (workbench) => {
      await workbench.theme('dark');
      await workbench.theme('light');
    });
  },
);

withWorkbench(
  'An untrusted folder',
  {
    files: { 'note.md': NOTE, 'one.code-workspace': '{ "folders": [{ "path": "." }] }' },
    workspaceFile: 'one.code-workspace',
    file: 'note.md',
    workspaceTrust: true,
  },
  (scenario) => {
    scenario('is reported as untrusted to extensions', async (workbench) => {
      assert.equal(await workbench.inHost((vscode) => vscode.workspace.isTrusted), false);
      assert.match(
        (await workbench.inHost((vscode) => vscode.workspace.workspaceFile?.path)) ?? '',
        /one\.code-workspace$/,
      );
    });
  },
);
