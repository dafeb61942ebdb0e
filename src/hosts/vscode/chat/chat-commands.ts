import { commands, window } from 'vscode';
import { imageAt } from '../../../core/note/image-at.ts';
import { isNoteDocument } from '../adapters/vaults.ts';
import type { CommandHandlers } from '../command-names.ts';
import type { CommandTargets } from '../command-targets.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import type { ChatView } from './chat-view.ts';

export function createChatCommands(
  chat: ChatView,
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
    if (clicked === undefined) return;
    // While the panel has the focus, VS Code 1.99 closes the list of files at once.
    await commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await commands.executeCommand('workbench.action.quickOpen', '.md');
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
