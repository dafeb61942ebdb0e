import { type App, Modal, Notice } from 'obsidian';
import type { ChatHost, ChatNote } from '../../../editor/chat/chat-host.ts';
import type { Words } from '../messages/en.ts';
import { ImagePrompt } from './image-prompt.ts';
import { unusedPath } from '../unused-path.ts';
import { noteEditor, showInNote } from './note-editor.ts';

/** Implements the chat host in Obsidian. */
export function createObsidianChatHost(
  app: App,
  words: Words,
  chooseModel: ChatHost['chooseModel'],
): ChatHost {
  const { vault, workspace } = app;
  const fileOf = ({ path }: ChatNote) => vault.getFileByPath(path);
  return {
    editorOf(note) {
      const file = fileOf(note);
      const editor = file === null ? null : noteEditor(app, file);
      if (editor === null) return null;
      return {
        text: () => editor.getValue(),
        selection: () => ({
          from: editor.posToOffset(editor.getCursor('from')),
          to: editor.posToOffset(editor.getCursor('to')),
        }),
        selected: () => editor.getSelection(),
        replace({ from, to, insert }) {
          editor.replaceRange(insert, editor.offsetToPos(from), editor.offsetToPos(to), 'input.notesight');
        },
      };
    },
    async show(note, from, to) {
      const file = fileOf(note);
      if (file !== null) await showInNote(app, file, from, to);
    },
    notes: () => vault.getMarkdownFiles().map(({ path }) => path),
    openImage: (note, file) => workspace.openLinkText(file, note.path, 'tab'),
    urlOf(path) {
      const file = vault.getFileByPath(path);
      return file === null ? null : vault.getResourcePath(file);
    },
    inlineUrl: (_source, url) => url,
    openLink(url) {
      window.open(url, '_blank', 'noopener');
    },
    copy: (text) => navigator.clipboard.writeText(text),
    tell(message) {
      new Notice(message);
    },
    async createNote(note, name, markdown) {
      const folder = fileOf(note)?.parent?.path ?? '/';
      const path = unusedPath(vault, folder, name);
      await workspace.getLeaf('tab').openFile(await vault.create(path, markdown));
    },
    showText(title, text) {
      const modal = new Modal(app);
      modal.setTitle(title);
      modal.contentEl.createEl('pre', { cls: 'notesight-text', text, attr: { tabindex: '0' } });
      modal.open();
    },
    chooseModel,
    pickImage(_note, picked) {
      new ImagePrompt(app, words.chatNotes.pickImage, ({ path }) => {
        picked(path);
      }).open();
    },
  };
}
