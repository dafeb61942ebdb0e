import { Selection, type TextEditor, TextEditorRevealType, type Uri, window } from 'vscode';

/** Opens a note, or goes to where it is open, and selects a part of it. UTF-16 offsets. */
export async function showInNote(note: Uri, from: number, to: number): Promise<TextEditor> {
  const visible = window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === note.toString(),
  );
  const editor = await window.showTextDocument(
    note,
    visible?.viewColumn === undefined ? {} : { viewColumn: visible.viewColumn },
  );
  const { document } = editor;
  editor.selection = new Selection(document.positionAt(from), document.positionAt(to));
  editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
  return editor;
}
