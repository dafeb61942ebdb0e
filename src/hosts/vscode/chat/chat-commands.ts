import { commands, window } from 'vscode';
import { imageAt } from '../../../core/note/image-at.ts';
import { workspaceFolders } from '../adapters/open-vaults.ts';
import { isNoteDocument, type Vaults } from '../adapters/vaults.ts';
import type { CommandHandlers } from '../command-names.ts';
import type { CommandTargets } from '../command-targets.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import type { ChatView } from './chat-view.ts';

export function createChatCommands(
  chat: ChatView,
  vaults: Vaults,
  { imageOf }: CommandTargets,
  { chatNotes, notes }: VscodeWords,
): Pick<CommandHandlers, 'ask' | 'askImage' | 'clearConversations'> {
  function isWithoutNote(): boolean {
    const document = window.activeTextEditor?.document;
    return !chat.hasNote && (document === undefined || !isNoteDocument(document));
  }

  async function ask(): Promise<void> {
    await commands.executeCommand('notesight.chat.focus');
    chat.focus();
    if (!isWithoutNote()) return;
    const clicked = await window.showInformationMessage(notes.openForAsk, notes.openFile);
    if (clicked === undefined || !(await openNote(vaults, notes.openFile))) return;
    await commands.executeCommand('notesight.chat.focus');
    chat.focus();
  }

  return {
    ask,
    async askImage(uri, place) {
      const image = await imageOf(uri, place);
      if (image === null) return;
      const { document, position } = image;
      const embed = imageAt(document.getText(), document.offsetAt(position));
      if (window.activeTextEditor?.document !== document) await window.showTextDocument(document);
      if (embed !== null) await chat.chooseOnly(document.uri, embed);
      await ask();
    },
    async clearConversations() {
      const { clear, clearQuestion, cleared } = chatNotes;
      const answer = await window.showWarningMessage(clearQuestion, { modal: true }, clear);
      if (answer !== clear) return;
      await chat.clearAll();
      void window.showInformationMessage(cleared);
    },
  };
}

/**
 * Lets the user open a note. The list stays open when the panel takes the focus, which it does whenever it has loaded.
 * @returns whether one was opened
 */
async function openNote(vaults: Vaults, title: string): Promise<boolean> {
  const items = Promise.all(workspaceFolders().map((folder) => vaults.notesIn(folder))).then((found) =>
    found
      .flat()
      .flatMap(({ vault, notes }) => notes.map((path) => ({ label: path, uri: vault.uriOf(path) }))),
  );
  const picked = await window.showQuickPick(items, { title, ignoreFocusOut: true });
  if (picked === undefined) return false;
  await window.showTextDocument(picked.uri);
  return true;
}
