import { StateField } from '@codemirror/state';
import type { MarkdownFileInfo } from 'obsidian';

/** Whose editor a state is: each view sets it when it makes its state. */
export const editorInfoField = StateField.define<MarkdownFileInfo>({
  create() {
    throw new Error('This editor state belongs to no Markdown view.');
  },
  update: (info) => info,
});
