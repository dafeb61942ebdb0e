import { type Uri, window, workspace } from 'vscode';
import type { NoteChat } from '../../../editor/chat/note-chat.ts';
import { NO_NOTE } from '../../../ui/chat/chat-state.ts';
import { isNoteDocument, type Vaults } from '../adapters/vaults.ts';
import type { Disposable } from '../disposable.ts';
import type { ChatPage, PageAction } from './chat-page.ts';
import type { Conversations } from './conversations.ts';

/** Milliseconds after a keystroke in the note before it is read again. */
const SETTLE = 400;
/** Milliseconds after the selection changed before it is shown. */
const SELECTION_SETTLE = 150;

/** Keeps the conversation about the active note on the page. */
export interface ActiveChat extends Disposable {
  readonly hasNote: boolean;
  /** Switches to the active note and reads it again. */
  follow(): Promise<void>;
  /** Runs an action of the user on the page. */
  act(action: PageAction): void;
}

export function createActiveChat(page: ChatPage, conversations: Conversations, vaults: Vaults): ActiveChat {
  let note: Uri | null = null;
  let chat: NoteChat | null = null;
  let settling: NodeJS.Timeout | undefined;
  let selecting: NodeJS.Timeout | undefined;

  const isActive = (uri: Uri) => uri.toString() === note?.toString();

  function draw(): void {
    page.draw(() => chat?.state ?? NO_NOTE);
  }

  async function follow(): Promise<void> {
    const document = window.activeTextEditor?.document;
    if (!page.isOpen || document === undefined || !isNoteDocument(document)) {
      draw();
      return;
    }
    const { uri } = document;
    if (!isActive(uri)) {
      note = uri;
      const opened = await conversations.of(uri);
      // The active note may have changed in the meantime.
      if (!isActive(uri)) return;
      chat = opened;
      // The vault may be larger than the open folder.
      page.allow((await vaults.of(uri)).uriOf(''));
    }
    await chat?.refresh();
    draw();
  }

  const listeners = [
    conversations.onChange((changed) => {
      if (isActive(changed)) draw();
    }),
    window.onDidChangeActiveTextEditor(() => void follow()),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (!isActive(document.uri)) return;
      clearTimeout(settling);
      settling = setTimeout(() => void chat?.refresh(), SETTLE);
    }),
    window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (!isActive(textEditor.document.uri)) return;
      clearTimeout(selecting);
      selecting = setTimeout(draw, SELECTION_SETTLE);
    }),
    vaults.onChange(() => void chat?.refresh()),
  ];

  return {
    get hasNote() {
      return note !== null;
    },
    follow,
    act(action) {
      if (action.name === 'addFiles') {
        if (note !== null) void conversations.addFiles(note, action.args[0]);
        return;
      }
      const actions = chat?.actions as Record<string, (...args: unknown[]) => void> | undefined;
      actions?.[action.name]?.(...action.args);
    },
    dispose() {
      for (const listener of listeners) listener.dispose();
      clearTimeout(settling);
      clearTimeout(selecting);
    },
  };
}
