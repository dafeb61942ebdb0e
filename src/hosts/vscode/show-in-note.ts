import { Selection, type TextEditor, TextEditorRevealType, type Uri, ViewColumn, window } from 'vscode';

/**
 * Opens or focuses a note and selects a range, in UTF-16 offsets.
 * @param column where to open it if it is not visible
 */
export async function showInNote(
  note: Uri,
  from: number,
  to: number,
  column = ViewColumn.Active,
): Promise<TextEditor> {
  const visible = window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === note.toString(),
  );
  const editor = await window.showTextDocument(note, { viewColumn: visible?.viewColumn ?? column });
  const { document } = editor;
  editor.selection = new Selection(document.positionAt(from), document.positionAt(to));
  editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
  return editor;
}
