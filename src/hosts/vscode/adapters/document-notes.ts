import { setTimeout as sleep } from 'node:timers/promises';
import { Range, TabInputText, type TextDocument, type Uri, window, workspace, WorkspaceEdit } from 'vscode';
import { NotesightError } from '../../../core/errors.ts';
import type { NoteStore } from '../../../core/ports.ts';
import { changesBetween } from '../../../editor/changes-between.ts';

/** How often a note that is being typed in is read anew before we give up. */
const MAX_ATTEMPTS = 5;
/** How long nothing is to have been typed, and how long that is waited for, in milliseconds. */
const PAUSE = 150;
const PATIENCE = 15_000;

/**
 * The notes of a vault. One that is open in VS Code is read and written there, as a step of its own in the undo history;
 * any other as a file, byte for byte.
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
        if (await replace(document, before, after)) return true;
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

/** A document that VS Code holds, with its unsaved changes. */
export function openDocument(uri: Uri): TextDocument | undefined {
  return workspace.textDocuments.find(
    (document) => !document.isClosed && document.uri.toString() === uri.toString(),
  );
}

/** Whether somebody sees the document, or can go to it by its tab. */
export function hasTab({ uri }: TextDocument): boolean {
  return window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => input instanceof TabInputText && input.uri.toString() === uri.toString()),
  );
}

/**
 * Waits for a pause in typing: VS Code refuses an edit that a keystroke has overtaken, and with a key every 40 ms that is
 * most of them.
 */
async function untilQuiet(document: TextDocument): Promise<void> {
  const end = Date.now() + PATIENCE;
  let version = -1;
  while (document.version !== version && Date.now() < end) {
    ({ version } = document);
    await sleep(PAUSE);
  }
}

/** @returns whether the document still held `before` and now holds `after`: VS Code refuses an edit of an older version */
async function replace(document: TextDocument, before: string, after: string): Promise<boolean> {
  if (document.isClosed || document.getText() !== before) return false;
  const edits = changesBetween(before, after).map(({ from, to, insert }) => ({
    range: new Range(document.positionAt(from), document.positionAt(to)),
    insert,
  }));
  // An edit of the workspace is broken into parts that have as little new as they can, and what somebody has selected
  // (the placeholder of a pasted image) would cover some of them.
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
  const isHidden = !hasTab(document) && !document.isDirty;
  if (!(await workspace.applyEdit(edit))) return false;
  // Nobody would see that it waits to be saved.
  if (isHidden) await document.save();
  return true;
}
