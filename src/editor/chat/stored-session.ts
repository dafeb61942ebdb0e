import type { AskPorts } from '../../core/ask/ask-request.ts';
import { type ChatSession, type ChatSnapshot, createChatSession } from '../../core/ask/chat-session.ts';
import type { ConversationStore } from '../../core/ask/conversation-store.ts';
import { NEW_CONVERSATION } from '../../core/ask/conversation.ts';
import type { ChatNote } from './chat-host.ts';

/**
 * Opens the stored conversation about a note and stores it when an answer starts and ends. If the app quits in between,
 * the question and the turns it replaces are stored.
 */
export function openStoredSession(
  note: ChatNote,
  store: ConversationStore,
  open: (signal: AbortSignal) => Promise<AskPorts>,
  onChange: () => void,
): ChatSession {
  const conversation = store.get(note.path) ?? NEW_CONVERSATION;
  let stored: Pick<ChatSnapshot, 'conversation' | 'pending'> = { conversation, pending: null };
  const session = createChatSession(conversation, open, (snapshot) => {
    const isSame =
      snapshot.conversation === stored.conversation &&
      (snapshot.pending === null) === (stored.pending === null);
    if (!isSame) {
      stored = snapshot;
      void store.put(note.path, session.kept);
    }
    onChange();
  });
  return session;
}
