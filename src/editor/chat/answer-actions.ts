import type { ChatSession } from '../../core/ask/chat-session.ts';
import type { AnswerForm } from '../../core/ask/insertable-answer.ts';
import type { ChatActions, InsertPlace } from '../../ui/chat/chat-state.ts';
import type { ChatNote } from './chat-host.ts';
import type { ChatNoteImages } from './chat-note-images.ts';
import { insertEdit } from './insert-answer.ts';
import type { NoteChatPorts } from './note-chat-ports.ts';

/** Carries out the actions on answers: copying, inserting into the note, and opening links. */
export function createAnswerActions(
  note: ChatNote,
  { host, words }: Pick<NoteChatPorts, 'host' | 'words'>,
  images: ChatNoteImages,
  session: ChatSession,
): Pick<ChatActions, 'copy' | 'insert' | 'openLink'> {
  const { copied, linkWords, noPlace } = words.chatNotes;

  async function insert(index: number, place: InsertPlace, form: AnswerForm): Promise<void> {
    const { turns, files } = session.snapshot.conversation;
    const turn = turns[index];
    const editor = host.editorOf(note);
    if (turn === undefined || editor === null) return;
    const edit = insertEdit(editor, { turn, files, form, place }, images, linkWords);
    if (edit === null) {
      host.tell(noPlace);
      return;
    }
    await editor.replace(edit);
    const end = edit.from + edit.insert.length;
    await host.show(note, end, end);
  }

  return {
    copy(turn) {
      const answer = session.snapshot.conversation.turns[turn]?.answer ?? '';
      void host.copy(answer).then(() => {
        host.tell(copied);
      });
    },
    insert: (turn, place, form) => void insert(turn, place, form),
    openLink(url) {
      host.openLink(url);
    },
  };
}
