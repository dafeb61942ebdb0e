import type { AskPorts } from '../../core/ask/ask-request.ts';
import { NEW_CONVERSATION } from '../../core/ask/conversation.ts';
import { imageName, noteOfInline } from '../../core/note/inline-source.ts';
import type { ChatActions, ChatImage, ChatState } from '../../ui/chat/chat-state.ts';
import { createAnswerActions } from './answer-actions.ts';
import { createMissingImages } from './missing-images.ts';
import { createChatContext } from './chat-context.ts';
import { createChatDetections } from './chat-detections.ts';
import { createChatHistory } from './chat-history.ts';
import type { ChatNote } from './chat-host.ts';
import { type ChatNoteImages, createChatNoteImages } from './chat-note-images.ts';
import { createChatPrompts } from './chat-prompts.ts';
import { createChatQuestions } from './chat-questions.ts';
import { createChatSelection } from './chat-selection.ts';
import { createChatTurns } from './chat-turns.ts';
import { createImageActions } from './image-actions.ts';
import type { NoteChatPorts } from './note-chat-ports.ts';
import { type NoteDraft, openNoteDraft } from './note-draft.ts';
import type { OpenedAsk } from './open-ask-ports.ts';
import { openStoredSession } from './stored-session.ts';

/** The conversation about the images of one note, as the panel shows it. */
export interface NoteChat {
  readonly note: ChatNote;
  readonly state: ChatState;
  readonly actions: ChatActions;
  /** @returns the file of an image in the panel, or undefined */
  fileOf(number: number): string | undefined;
  /** Reads the note again. */
  refresh(): Promise<void>;
  /** Selects only this image. */
  chooseOnly(file: string): void;
  /** Adds images to the conversation and selects them. */
  add(files: readonly string[]): void;
  /** Updates paths after a file or folder was renamed or moved. */
  rename(from: string, to: string): void;
  /** Deletes the conversation, as when all are cleared. Keeps the draft question. */
  forget(): void;
  close(): void;
}

export function createNoteChat(note: ChatNote, ports: NoteChatPorts, onChange: () => void): NoteChat {
  const { store, explain } = ports;
  const draft = openNoteDraft(note, ports.drafts, ports.dropped);
  const images = createChatNoteImages(note, ports, onChange);
  let notice = '';
  let model = '';
  let analyze: OpenedAsk['analyze'] = null;
  async function open(signal: AbortSignal): Promise<AskPorts> {
    const opened = await ports.open(images.contextOf, signal);
    ({ notice, model, analyze } = opened);
    return opened.ports;
  }
  const session = openStoredSession(note, store, open, onChange);
  const context = createChatContext(note, ports, { draft, images }, onChange);
  const selection = createChatSelection({ draft, images, context }, session, onChange);
  const history = createChatHistory(note, store, session, onChange);
  const missing = createMissingImages({ session, selection, open, analyze: () => analyze }, onChange);
  const questions = createChatQuestions(
    { draft, session, selection, history, onAsk: missing.clear, onAnswer: missing.onAnswer },
    onChange,
  );
  const prompts = createChatPrompts(note, ports, { images, selection }, onChange);
  const detections = createChatDetections(ports.detector, explain, onChange);
  const turnsOf = createChatTurns(ports.words, explain, draft);

  return {
    note,
    get state() {
      const { region } = draft;
      const { model: chosen } = ports.settings();
      const numbered = [...selection.numbered()].sort(([a], [b]) => a - b);
      return {
        note: note.basename,
        notice,
        title: session.snapshot.conversation.title,
        model: chosen === '' ? model : chosen,
        images: numbered.map(([number, file]) => chatImage(number, file, images, draft)),
        turns: turnsOf(session.snapshot),
        ...context.state,
        region: region === null ? null : { image: selection.numberOf(region.file), part: region.part },
        where: detections.state(selection.numberOf),
        isBusy: session.snapshot.pending !== null,
        analysis: missing.state(explain),
        draft: questions.inBox,
        ...prompts.state,
        history: history.past,
        undo: history.undoable,
      };
    },
    actions: {
      ...questions.actions,
      ...prompts.actions,
      ...context.actions,
      ...history.actions,
      ...missing.actions,
      ...createImageActions(note, ports, { images, selection, detections }),
      ...createAnswerActions(note, ports, images, session),
      chooseModel() {
        ports.host.chooseModel(onChange);
      },
    },
    fileOf: selection.fileOf,
    refresh: images.refresh,
    chooseOnly: selection.chooseOnly,
    add: selection.add,
    rename(from, to) {
      draft.rename(from, to);
      session.rename(from, to);
    },
    forget() {
      history.clearUndo();
      draft.edits = [];
      draft.save();
      session.open(NEW_CONVERSATION);
    },
    close() {
      detections.leave();
      missing.clear();
      session.stop();
    },
  };
}

function chatImage(number: number, file: string, images: ChatNoteImages, draft: NoteDraft): ChatImage {
  return {
    number,
    name: imageName(file),
    source: images.urlOf(file),
    isDrawing: /\.svg$/i.test(file) || (noteOfInline(file) !== null && /#data:image\/svg/i.test(file)),
    isChosen: !draft.deselected.has(file),
    isPinned: draft.pinned.has(file),
    isInNote: images.current.some((image) => image.file === file),
  };
}
