import { setTimeout as sleep } from 'node:timers/promises';
import { Range, type TextDocument, workspace, WorkspaceEdit } from 'vscode';
import { NotesightError } from '../../../core/errors.ts';

/** How long a document may take to report unsaved changes, and the interval between checks, in milliseconds. */
const TIME_LIMIT = 1000;
const CHECK_INTERVAL = 50;

/**
 * Checks that an edit took effect. VS Code reports success for edits of a read-only file, although the text stays the
 * same or can't be saved; such text is reverted.
 * @param before the text before the edit
 * @throws NotesightError `note_unwritable`
 */
export async function confirmEdit(document: TextDocument, before: string, path: string): Promise<void> {
  const changed = document.getText() !== before;
  if (changed && (await canBeSaved(document, before))) return;
  if (changed) await revert(document, before);
  throw new NotesightError('note_unwritable', `${path} is read-only`, { data: { path } });
}

/** A read-only document never gets unsaved changes, and nothing saves it. */
async function canBeSaved(document: TextDocument, before: string): Promise<boolean> {
  const end = Date.now() + TIME_LIMIT;
  while (Date.now() < end) {
    if (document.isDirty || (await savedText(document)) !== before) return true;
    await sleep(CHECK_INTERVAL);
  }
  return false;
}

async function savedText({ uri }: TextDocument): Promise<string> {
  return new TextDecoder().decode(await workspace.fs.readFile(uri));
}

async function revert(document: TextDocument, before: string): Promise<void> {
  const edit = new WorkspaceEdit();
  const all = new Range(document.positionAt(0), document.positionAt(document.getText().length));
  edit.replace(document.uri, all, before);
  await workspace.applyEdit(edit);
}
