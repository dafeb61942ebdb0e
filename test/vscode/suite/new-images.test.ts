import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { held } from '../../held.ts';
import { clean, configure, folder, newImage, openNote, serve, untilSo, untilText } from './world.ts';

/** Time to wait before checking that nothing happened, in milliseconds. */
const A_WHILE = 1500;
const NEW = 'new.png';

/** In the order of VS Code: first the link, then the file. */
async function paste(editor: vscode.TextEditor, text = `![alt text](${NEW})`): Promise<void> {
  const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
  await editor.edit((edit) => {
    edit.insert(end, text);
  });
  writeFileSync(join(folder(), NEW), newImage());
}

describe('A new image in a note', () => {
  afterEach(async () => {
    await clean();
    rmSync(join(folder(), NEW), { force: true });
  });

  it('is captioned at its placeholder as a separate undo step', async () => {
    await serve();
    const editor = await openNote('# Note\n');
    await paste(editor);
    await untilText(editor, `# Note\n![Square 100 wide](${NEW})`);
    await vscode.commands.executeCommand('undo');
    await untilText(editor, `# Note\n![alt text](${NEW})`);
    await sleep(A_WHILE);
    assert.equal(editor.document.getText(), `# Note\n![alt text](${NEW})`, 'an undo is not a paste');
  });

  it('keeps alt text that was written in the meantime', async () => {
    const { hold, release } = held();
    const fake = await serve({ hold });
    const editor = await openNote('# Note\n');
    await paste(editor);
    await untilSo('the model is asked', () => fake.seen.some(({ path }) => path === '/api/chat'), Boolean);
    const at = editor.document.positionAt('# Note\n!['.length);
    await editor.edit((edit) => {
      edit.replace(new vscode.Range(at, at.translate(0, 'alt text'.length)), 'My own words');
    });
    release();
    await sleep(A_WHILE);
    assert.equal(editor.document.getText(), `# Note\n![My own words](${NEW})`);
  });

  it('is captioned at its new position after typing before it', async () => {
    const { hold, release } = held();
    const fake = await serve({ hold });
    const editor = await openNote('# Note\n');
    await paste(editor);
    await untilSo('the model is asked', () => fake.seen.some(({ path }) => path === '/api/chat'), Boolean);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), 'Typed.\n\n');
    });
    release();
    await untilText(editor, `Typed.\n\n# Note\n![Square 100 wide](${NEW})`);
  });

  it('is ignored when the settings say so', async () => {
    const fake = await serve();
    await configure({ paste: 'off' });
    const editor = await openNote('# Note\n');
    await paste(editor);
    await sleep(A_WHILE);
    assert.equal(editor.document.getText(), `# Note\n![alt text](${NEW})`);
    assert.equal(fake.chats.length, 0);
  });

  it('is ignored when its embed was typed or already has alt text', async () => {
    const fake = await serve();
    const editor = await openNote('# Note\n');
    for (const letter of `![](${NEW})`) {
      await editor.edit((edit) => {
        edit.insert(editor.document.lineAt(editor.document.lineCount - 1).range.end, letter);
      });
    }
    await paste(editor, `\n\nWords with ![](${NEW}) in them`);
    await sleep(A_WHILE);
    assert.equal(fake.chats.length, 0);
  });
});
