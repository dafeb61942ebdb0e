import { type App, type Editor, MarkdownView, type TFile } from 'obsidian';

/** The editor of an open note, or null. A note in reading view has one too. */
export function noteEditor(app: App, note: TFile): Editor | null {
  for (const { view } of app.workspace.getLeavesOfType('markdown')) {
    if (view instanceof MarkdownView && view.file === note) return view.editor;
  }
  return null;
}

/** Opens or focuses a note and selects a range, in UTF-16 offsets. */
export async function showInNote(app: App, note: TFile, from: number, to: number): Promise<void> {
  const { workspace } = app;
  const leaf =
    workspace
      .getLeavesOfType('markdown')
      .find(({ view }) => view instanceof MarkdownView && view.file === note) ?? workspace.getLeaf(false);
  if (!(leaf.view instanceof MarkdownView) || leaf.view.file !== note) await leaf.openFile(note);
  workspace.setActiveLeaf(leaf, { focus: true });
  const editor = noteEditor(app, note);
  if (editor === null) return;
  const range = { from: editor.offsetToPos(from), to: editor.offsetToPos(to) };
  editor.setSelection(range.from, range.to);
  editor.scrollIntoView(range, true);
}
