import type { ChatSession } from '../../core/ask/chat-session.ts';
import { sentQuestion } from '../../core/ask/sent-question.ts';
import { conversationNote, fileNameOf } from '../../core/ask/conversation-note.ts';
import { titleOf } from '../../core/ask/conversation.ts';
import type { AnswerForm } from '../../core/ask/insertable-answer.ts';
import { escapeMarkdown } from '../../core/markdown/escape-markdown.ts';
import { relativeUrl } from '../../core/note/relative-url.ts';
import type { ChatActions, InsertPlace } from '../../ui/chat/chat-state.ts';
import type { ChatNote } from './chat-host.ts';
import type { ChatNoteImages } from './chat-note-images.ts';
import { sentText } from './sent-text.ts';
import { imageLinks, insertEdit } from './insert-answer.ts';
import type { NoteChatPorts } from './note-chat-ports.ts';

/** Carries out the actions on answers: copying, inserting into the note, saving all as a note, and opening links. */
export function createAnswerActions(
  note: ChatNote,
  { host, words }: Pick<NoteChatPorts, 'host' | 'words'>,
  images: ChatNoteImages,
  session: ChatSession,
): Pick<ChatActions, 'copy' | 'insert' | 'showSent' | 'saveAsNote' | 'openLink'> {
  const { copied, linkWords, noPlace, notCreated } = words.chatNotes;

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
    showSent(turn) {
      const sent = sentQuestion(session.snapshot.conversation, turn);
      if (sent !== null) host.showText(words.sent.title, sentText(sent, words.sent));
    },
    saveAsNote() {
      const { conversation } = session.snapshot;
      const source = `[${escapeMarkdown(note.basename)}](${relativeUrl(note.path, note.path)})`;
      const markdown = conversationNote(
        conversation,
        source,
        imageLinks(conversation.files, images, linkWords),
      );
      const name = fileNameOf(`${note.basename} – ${titleOf(conversation)}`);
      host.createNote(note, name, markdown).catch(() => {
        host.tell(notCreated);
      });
    },
    openLink(url) {
      host.openLink(url);
    },
  };
}
