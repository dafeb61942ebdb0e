import { Selection, type TextEditor, TextEditorRevealType, type Uri, window } from 'vscode';

/** Opens or focuses a note and selects a range, in UTF-16 offsets. */
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
