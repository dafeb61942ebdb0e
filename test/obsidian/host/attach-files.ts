import { moment } from 'obsidian-test-mocks/obsidian';
import type { MarkdownView } from './markdown-view.ts';

/** Saves pasted or dropped files that no plugin handled, and embeds them at the cursor, like Obsidian. */
export async function attachFiles(files: readonly File[], view: MarkdownView): Promise<void> {
  const { vault, fileManager } = view.app;
  const source = view.file?.path ?? '';
  const links: string[] = [];
  for (const file of files) {
    // The clipboard uses this name for every bitmap.
    const name =
      file.name === 'image.png' ? `Pasted image ${moment().format('YYYYMMDDHHmmss')}.png` : file.name;
    const path = await fileManager.getAvailablePathForAttachment(name, source);
    const attachment = await vault.createBinary(path, await file.arrayBuffer());
    links.push(fileManager.generateMarkdownLink(attachment, source));
  }
  view.editor.replaceSelection(links.join('\n'), 'input.paste');
}
