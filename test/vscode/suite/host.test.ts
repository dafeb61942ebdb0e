import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';

describe('The extension host', () => {
  it('runs in VS Code with Node and an open folder', () => {
    assert.match(vscode.version, /^1\.\d+\.\d+$/);
    assert.ok(process.versions.node);
    assert.equal(vscode.workspace.workspaceFolders?.length, 1);
  });

  it('edits a note and saves it to the disk', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, 'note.md');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('# Note\n'));
    const document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(1, 0), 'More.\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.ok(await document.save());
    assert.equal(readFileSync(uri.fsPath, 'utf8'), '# Note\nMore.\n');
  });
});
