import { type ExtensionContext, Selection, Uri, window, workspace } from 'vscode';
import { SAMPLE_SVG } from '../../editor/sample-image.ts';

/**
 * Opens a Markdown file with an image, with the cursor on it, to try the extension without a file of one's own. What
 * was written there is kept.
 */
export async function openSample(
  { globalStorageUri }: Pick<ExtensionContext, 'globalStorageUri'>,
  title: string,
): Promise<void> {
  const folder = Uri.joinPath(globalStorageUri, 'sample');
  const note = Uri.joinPath(folder, 'sample.md');
  const embed = '![](sailboat.svg)';
  if (!(await exists(note))) {
    const text = new TextEncoder();
    await workspace.fs.writeFile(Uri.joinPath(folder, 'sailboat.svg'), text.encode(SAMPLE_SVG));
    await workspace.fs.writeFile(note, text.encode(`# ${title}\n\n${embed}\n`));
  }
  const editor = await window.showTextDocument(note);
  const at = editor.document.positionAt(Math.max(0, editor.document.getText().indexOf('![')));
  editor.selection = new Selection(at, at);
}

async function exists(file: Uri): Promise<boolean> {
  return workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
}
