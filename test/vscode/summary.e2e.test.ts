import assert from 'node:assert/strict';
import { until } from '../e2e/until.ts';
import type { TestWorkbench } from './host/with-workbench.ts';
import { NOTE, withNotesight } from './with-notesight.ts';

const TITLE = 'Summary of note';
const SUMMARIZE = 'Notesight: Summarize this file and its images';
const ANSWER = 'The first is [1], the formula $a^2$, and code:\n\n```js\nconst a = 1;\n```\n';

await withNotesight('A summary', {}, (scenario, fake) => {
  /** Summarizes the note, with this answer if it must be requested. */
  async function summarize({ openFile, palette, webview }: TestWorkbench) {
    await openFile('note.md');
    await palette(SUMMARIZE);
    const frame = await webview(TITLE);
    return { frame, button: (name: string) => frame.getByRole('button', { name, exact: true }) };
  }

  const closeTab = async ({ inHost, page }: TestWorkbench) => {
    await page.locator('.tab', { hasText: TITLE }).click();
    await inHost(async (vscode) => {
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    });
  };

  scenario('is shown with formulas, code, and links to images', async (workbench) => {
    const { inHost } = workbench;
    // The images are described first, so that the next answer is that of the summary.
    const first = await summarize(workbench);
    await first.button('Insert at the top').waitFor();
    fake.next({ kind: 'answer', text: ANSWER });
    await first.button('Summarize again').click();
    await first.frame.locator('.notesight-answer math').waitFor();
    await first.frame.locator('.notesight-answer code .token.keyword').waitFor();
    await first.button('Insert at the top').waitFor();
    await first.frame.getByRole('button', { name: /^Image 1/ }).click();
    const selected = () =>
      inHost((vscode) => {
        const editor = vscode.window.activeTextEditor;
        return editor?.document.getText(editor.selection) ?? '';
      });
    await until('the image is selected in the note', 10_000, selected, (text) => text === '![[a.png]]');
  });

  scenario('is kept when its tab is closed', async (workbench) => {
    const { waitForNotification, closeNotification } = workbench;
    await closeTab(workbench);
    await closeNotification(await waitForNotification(/The summary of note is not written yet\./));
    const requests = fake.chats.length;
    const again = await summarize(workbench);
    await again.frame.locator('.notesight-answer math').waitFor();
    assert.equal(fake.chats.length, requests, 'the model is not asked again');
  });

  scenario('is written at the top of the note, and its tab is closed', async (workbench) => {
    const { page, waitForText, undo, openFile } = workbench;
    const { button } = await summarize(workbench);
    await button('Insert at the top').click();
    await page.locator('.tab', { hasText: TITLE }).waitFor({ state: 'detached' });
    await openFile('note.md');
    await waitForText(/<!-- notesight:summary \w+ -->[^]*The first is \[\[a.png\|image 1\]\]/);
    await workbench.clickIntoEditor();
    await undo();
    await waitForText(NOTE);
  });

  scenario('offers a new note first when the existing summary was edited by hand', async (workbench) => {
    const { inHost, openFile, waitForText, waitForDisk, diskText, save } = workbench;
    await openFile('note.md');
    await inHost(async (vscode) => {
      const editor = vscode.window.activeTextEditor;
      await editor?.edit((edit) => {
        const mine = '<!-- notesight:summary 0 -->\n\nMine.\n\n<!-- /notesight:summary -->\n\n';
        edit.insert(new vscode.Position(0, 0), mine);
      });
    });
    await save();
    const { frame, button } = await summarize(workbench);
    await frame.getByText('The summary in the note was edited by hand.').waitFor();
    const main = frame.locator('.notesight-main-button');
    assert.equal(await main.innerText(), 'Save to a new note');
    await button('Save to a new note').click();
    await waitForDisk('note (summary).md', 'The first is');
    assert.match(diskText('note.md'), /Mine\./);
    await waitForText(/The first is/);
  });

  scenario('shows an error in its tab only', async (workbench) => {
    fake.next({ kind: 'error', status: 500, error: 'something broke' });
    const { frame, button } = await summarize(workbench);
    await frame.getByText(/something broke/).waitFor();
    await button('Summarize again').waitFor();
    assert.deepEqual(await workbench.notifications(), []);
  });

  scenario('is kept when the window is closed', async (workbench) => {
    const { page, openFile, palette, webview, waitForActivation } = workbench;
    await closeTab(workbench);
    await page.locator('iframe.webview').first().waitFor({ state: 'detached' });
    const { frame, button } = await summarize(workbench);
    await button('Save to a new note').waitFor();
    fake.next({ kind: 'answer', text: ANSWER });
    await button('Summarize again').click();
    await frame.locator('.notesight-answer math').waitFor();
    await button('Save to a new note').waitFor();
    const requests = fake.chats.length;
    await page.goto('about:blank');
    await page.goBack({ waitUntil: 'commit' });
    await page.locator('.view-lines').first().waitFor({ timeout: 90_000 });
    await waitForActivation('notesight.notesight');
    await openFile('note.md');
    await palette(SUMMARIZE);
    await (await webview(TITLE)).locator('.notesight-answer math').waitFor();
    assert.equal(fake.chats.length, requests, 'the model is not asked again');
  });
});
