import { setTimeout as sleep } from 'node:timers/promises';
import { Range, TabInputText, type TextDocument, type Uri, window, workspace, WorkspaceEdit } from 'vscode';
import { NotesightError } from '../../../core/errors.ts';
import type { NoteStore } from '../../../core/ports.ts';
import { changesBetween } from '../../../editor/changes-between.ts';
import { confirmEdit } from './confirm-edit.ts';

/** Maximum number of attempts to update a note while the user is typing in it. */
const MAX_ATTEMPTS = 5;
/** The required pause in typing, and the time limit for waiting for it, in milliseconds. */
const PAUSE = 150;
const TIME_LIMIT = 15_000;

/**
 * The notes of a vault. A note open in VS Code is read and written there, as a separate undo step; any other note as
 * a file, byte for byte.
 * @param files the notes that are not open
 */
export function createDocumentNotes(uriOf: (path: string) => Uri, files: NoteStore): NoteStore {
  return {
    async read(path) {
      return openDocument(uriOf(path))?.getText() ?? (await files.read(path));
    },
    async update(path, change) {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        const document = openDocument(uriOf(path));
        if (document === undefined) return files.update(path, change);
        await untilQuiet(document);
        const before = document.getText();
        const after = await change(before);
        if (after === null || after === before) return false;
        // The user would not notice its unsaved changes.
        const isHidden = !hasTab(document) && !document.isDirty;
        if (!(await replace(document, before, after))) continue;
        await confirmEdit(document, before, path);
        if (isHidden) await document.save();
        return true;
      }
      throw new NotesightError('note_unwritable', `${path} kept changing while it was to be written`, {
        data: { path },
      });
    },
    async remove(path, text) {
      const uri = uriOf(path);
      if ((openDocument(uri)?.getText() ?? text) !== text || (await files.read(path)) !== text) return false;
      try {
        await workspace.fs.delete(uri, { useTrash: true });
        return true;
      } catch {
        // Not every file system has a trash.
        return files.remove(path, text);
      }
    },
  };
}

/** A document open in VS Code, with its unsaved changes. */
export function openDocument(uri: Uri): TextDocument | undefined {
  return workspace.textDocuments.find(
    (document) => !document.isClosed && document.uri.toString() === uri.toString(),
  );
}

/** Whether the document has a tab. */
export function hasTab({ uri }: TextDocument): boolean {
  return window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => input instanceof TabInputText && input.uri.toString() === uri.toString()),
  );
}

/**
 * Waits for a pause in typing: VS Code rejects an edit if a keystroke came first, which affects most edits at one key
 * every 40 ms.
 */
async function untilQuiet(document: TextDocument): Promise<void> {
  const end = Date.now() + TIME_LIMIT;
  let version = -1;
  while (document.version !== version && Date.now() < end) {
    ({ version } = document);
    await sleep(PAUSE);
  }
}

/**
 * @returns whether the document still held `before` and now holds `after`; VS Code rejects an edit of an older
 * version
 */
async function replace(document: TextDocument, before: string, after: string): Promise<boolean> {
  if (document.isClosed || document.getText() !== before) return false;
  const edits = changesBetween(before, after).map(({ from, to, insert }) => ({
    range: new Range(document.positionAt(from), document.positionAt(to)),
    insert,
  }));
  // VS Code splits a workspace edit into minimal parts, and the user's selection (the placeholder of a pasted image)
  // would cover some of them.
  const editor = window.visibleTextEditors.find((each) => each.document === document);
  if (editor !== undefined) {
    return editor.edit(
      (builder) => {
        for (const { range, insert } of edits) builder.replace(range, insert);
      },
      { undoStopBefore: true, undoStopAfter: true },
    );
  }
  const edit = new WorkspaceEdit();
  for (const { range, insert } of edits) edit.replace(document.uri, range, insert);
  return workspace.applyEdit(edit);
}
