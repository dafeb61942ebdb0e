import { StateField } from '@codemirror/state';
import type { MarkdownFileInfo } from 'obsidian';

/** The editor that a state belongs to; each view sets it when it creates its state. */
export const editorInfoField = StateField.define<MarkdownFileInfo>({
  create() {
    throw new Error('This editor state belongs to no Markdown view.');
  },
  update: (info) => info,
});
