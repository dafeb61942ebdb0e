import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { commands, env, Range, Uri, ViewColumn, window, workspace, WorkspaceEdit } from 'vscode';
import type { ChatHost, ChatNote } from '../../../editor/chat/chat-host.ts';
import { unusedNotePath } from '../../../editor/unused-note-path.ts';
import { createNote } from '../../../node/create-note.ts';
import { isNote } from '../../../node/walk-vault.ts';
import { openDocument } from '../adapters/document-notes.ts';
import type { OpenVault } from '../adapters/vaults.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import { showInNote } from '../show-in-note.ts';
import type { LastSelections } from './last-selections.ts';

/** The URLs of images for the webview. */
export interface ImageUrls extends Pick<ChatHost, 'inlineUrl'> {
  /** The URL of a file. */
  fileUrl(file: Uri): string;
}

const IMAGE = /\.(?:png|jpe?g|gif|webp|avif|tiff?|svg|bmp|hei[cf])$/i;

/** Implements the chat host in VS Code. */
export function createVscodeChatHost(
  vault: OpenVault,
  words: VscodeWords,
  urls: ImageUrls,
  selections: LastSelections,
): ChatHost {
  const uriOf = ({ path }: ChatNote) => vault.uriOf(path);
  const allFiles = () => [...vault.files.index().byPath.values()].flat();
  return {
    editorOf(note) {
      const uri = uriOf(note);
      const document = openDocument(uri);
      if (document === undefined) return null;
      const selection = () => {
        const editor = window.visibleTextEditors.find((each) => each.document === document);
        if (editor === undefined) return selections.of(uri);
        const { start, end } = editor.selection;
        return { from: document.offsetAt(start), to: document.offsetAt(end) };
      };
      return {
        text: () => document.getText(),
        selection,
        selected() {
          const { from, to } = selection();
          return document.getText(new Range(document.positionAt(from), document.positionAt(to)));
        },
        async replace({ from, to, insert }) {
          const edit = new WorkspaceEdit();
          edit.replace(uri, new Range(document.positionAt(from), document.positionAt(to)), insert);
          await workspace.applyEdit(edit);
        },
      };
    },
    async show(note, from, to) {
      await showInNote(uriOf(note), from, to);
    },
    notes: () => allFiles().filter(isNote),
    async openImage(_note, file) {
      await commands.executeCommand('vscode.open', vault.uriOf(file), ViewColumn.Beside);
    },
    urlOf(file) {
      if (/^[a-z]{2,}:/i.test(file)) return null;
      const uri = vault.uriOf(file);
      return existsSync(uri.fsPath) ? urls.fileUrl(uri) : null;
    },
    inlineUrl: (source, url) => urls.inlineUrl(source, url),
    openLink(url) {
      void env.openExternal(Uri.parse(url, true));
    },
    copy: async (text) => env.clipboard.writeText(text),
    tell(message) {
      void window.showInformationMessage(message);
    },
    async createNote(beside, name, markdown) {
      const wanted = posix.join(posix.dirname(beside.path), name);
      const path = unusedNotePath(wanted, (each) => existsSync(vault.uriOf(each).fsPath));
      await createNote(vault.root, path, markdown);
      await commands.executeCommand('vscode.open', vault.uriOf(path));
    },
    showText(_title, text) {
      void workspace
        .openTextDocument({ content: text, language: 'plaintext' })
        .then((document) =>
          window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true }),
        );
    },
    chooseModel(chosen) {
      void commands.executeCommand('notesight.chooseModel').then(chosen);
    },
    pickImage(_note, picked) {
      const files = allFiles().filter((file) => IMAGE.test(file));
      const items = files.map((file) => ({ label: file, iconPath: vault.uriOf(file) }));
      void window.showQuickPick(items, { placeHolder: words.chatNotes.pickImage }).then((item) => {
        if (item !== undefined) picked(item.label);
      });
    },
  };
}
