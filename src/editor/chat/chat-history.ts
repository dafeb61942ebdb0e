import type { ChatSession } from '../../core/ask/chat-session.ts';
import type { ConversationStore, PastConversation } from '../../core/ask/conversation-store.ts';
import { NEW_CONVERSATION, titleOf, withTitle } from '../../core/ask/conversation.ts';
import type { ChatActions, ChatPast, ChatState } from '../../ui/chat/chat-state.ts';
import type { ChatNote } from './chat-host.ts';

/** The earlier conversations about a note. */
export interface ChatHistory {
  /** Newest first. */
  readonly past: ChatPast[];
  /** The last action that can be undone. */
  readonly undoable: ChatState['undo'];
  /** Forgets the last action, so that it can no longer be undone. */
  clearUndo(): void;
  readonly actions: Pick<ChatActions, 'startNew' | 'rename' | 'openPast' | 'deletePast' | 'undo'>;
}

type Undo =
  | { readonly kind: 'startNew'; readonly id: number }
  | { readonly kind: 'deletePast'; readonly past: PastConversation };

export function createChatHistory(
  note: ChatNote,
  store: ConversationStore,
  session: ChatSession,
  onChange: () => void,
): ChatHistory {
  let last: Undo | null = null;

  function openPast(id: number): void {
    void store.put(note.path, session.kept);
    void store.resume(id);
    last = null;
    session.open(store.get(note.path) ?? NEW_CONVERSATION);
  }

  return {
    get past() {
      return store.history(note.path).map(({ id, changed, conversation }) => ({
        id,
        changed,
        title: titleOf(conversation),
        questions: conversation.turns.length,
      }));
    },
    get undoable() {
      return last?.kind ?? null;
    },
    clearUndo() {
      last = null;
    },
    actions: {
      startNew() {
        const { kept } = session;
        if (kept.turns.length === 0) return;
        void store.put(note.path, kept);
        void store.begin(note.path);
        const [past] = store.history(note.path);
        last = past === undefined ? null : { kind: 'startNew', id: past.id };
        session.open(NEW_CONVERSATION);
      },
      rename(title) {
        session.change(withTitle(session.snapshot.conversation, title));
      },
      openPast,
      deletePast(id) {
        const past = store.history(note.path).find((each) => each.id === id);
        if (past === undefined) return;
        void store.remove(id);
        last = { kind: 'deletePast', past };
        onChange();
      },
      undo() {
        const undone = last;
        last = null;
        if (undone?.kind === 'startNew') openPast(undone.id);
        else if (undone !== null) void store.restore(undone.past);
        onChange();
      },
    },
  };
}
