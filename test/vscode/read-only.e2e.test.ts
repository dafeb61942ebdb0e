import assert from 'node:assert/strict';
import { openedReview } from './host/review-page.ts';
import { NOTE, withNotesight } from './with-notesight.ts';

await withNotesight(
  'A read-only file',
  {
    settings: { 'notesight.review': 'never', 'files.readonlyInclude': { '**/note.md': true } },
    files: { 'other.md': '![](b.png)\n' },
  },
  (scenario) => {
    scenario('is reported, stays unchanged, and adds nothing to undo', async (workbench) => {
      const { palette, waitForNotification, closeNotification, editorText, waitForDisk, openFile } =
        workbench;
      await openFile('other.md');
      await palette('Notesight: Generate alt text for the images in this file');
      await workbench.waitForText('![Square 90 wide](b.png)');
      await workbench.save();
      await openFile('note.md');
      await palette('Notesight: Generate alt text for the images in this file');
      const toast = await waitForNotification(/Can't write to .*note\.md/);
      await closeNotification(toast);
      assert.equal(await editorText(), NOTE);
      // The last batch is the one before.
      await palette('Notesight: Undo the last batch');
      await waitForNotification(/Reverted 1 image in 1 note/);
      await openFile('other.md');
      await workbench.save();
      await waitForDisk('other.md', '![](b.png)');
    });

    scenario('is reported in a review', async (workbench) => {
      const { palette, editorText, openFile, inHost } = workbench;
      await inHost(async (vscode) => {
        const settings = vscode.workspace.getConfiguration('notesight');
        await settings.update('review', 'always', vscode.ConfigurationTarget.Global);
      });
      await openFile('note.md');
      await palette('Notesight: Generate alt text for the images in this file');
      const { frame, ready, button } = await openedReview(workbench);
      await ready(2);
      await button('Accept all').click();
      await frame
        .getByText(/Can't write to .*note\.md/)
        .first()
        .waitFor();
      await openFile('note.md');
      assert.equal(await editorText(), NOTE);
    });
  },
);
