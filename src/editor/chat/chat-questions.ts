import type { AskRequest } from '../../core/ask/ask-request.ts';
import type { ChatSession } from '../../core/ask/chat-session.ts';
import type { Conversation } from '../../core/ask/conversation.ts';
import type { ChatActions, ChatDraft } from '../../ui/chat/chat-state.ts';
import type { ChatHistory } from './chat-history.ts';
import type { ChatSelection } from './chat-selection.ts';
import { editOf, type NoteDraft } from './note-draft.ts';

/** The questions of a conversation: the one in the box, edited ones, and those that are asked. */
export interface ChatQuestions {
  /** The question in the box. */
  readonly inBox: ChatDraft;
  readonly actions: Pick<
    ChatActions,
    'ask' | 'stop' | 'askAgain' | 'edit' | 'switchVersion' | 'setDraft' | 'setEdit'
  >;
}

/** The parts of a conversation that asking a question changes. */
export interface ChatParts {
  readonly draft: NoteDraft;
  readonly session: ChatSession;
  readonly selection: ChatSelection;
  readonly history: ChatHistory;
  /** Called before a question is asked, and after its answer. */
  readonly onAsk: () => void;
  readonly onAnswer: () => void;
}

let lastKey = 0;

export function createChatQuestions(
  { draft, session, selection, history, onAsk, onAnswer }: ChatParts,
  onChange: () => void,
): ChatQuestions {
  const key = ++lastKey;
  let version = 0;

  function setEdit(turn: number, edited: string): void {
    const of = session.snapshot.conversation.turns[turn]?.question;
    if (of === undefined || edited === editOf(draft, turn, of)) return;
    const others = draft.edits.filter((edit) => edit.turn !== turn || edit.of !== of);
    draft.edits = edited === '' || edited === of ? others : [...others, { turn, of, text: edited }];
    draft.save();
    onChange();
  }

  /** Puts a question back into the box unless the box has another one. */
  function putBack(question: string, region: AskRequest['region']): void {
    if (draft.text !== '') return;
    draft.text = question;
    version++;
    draft.region ??= region;
    draft.save();
    onChange();
  }

  async function ask(question: string, instead?: number): Promise<void> {
    if (session.snapshot.pending !== null) {
      if (instead === undefined) putBack(question, null);
      return;
    }
    const request = selection.request(question);
    history.clearUndo();
    clearAsked(draft, question, session.snapshot.conversation, instead);
    draft.save();
    onAsk();
    await session.ask(request, instead);
    onAnswer();
    const { failed, conversation } = session.snapshot;
    const turn = failed === null ? undefined : conversation.turns[failed.at];
    if (failed === null || turn === undefined) return;
    if (turn.question !== failed.question) setEdit(failed.at, failed.question);
    else if (turn.answer === '' && failed.at === conversation.turns.length - 1)
      putBack(failed.question, request.region);
  }

  return {
    get inBox() {
      return { key, text: draft.text, version };
    },
    actions: {
      ask: (question) => void ask(question),
      stop() {
        session.stop();
      },
      askAgain(turn) {
        const { conversation, failed } = session.snapshot;
        const question = failed?.at === turn ? failed.question : conversation.turns[turn]?.question;
        if (question !== undefined) void ask(question, turn);
      },
      edit(turn, question) {
        setEdit(turn, question);
        void ask(question, turn);
      },
      switchVersion(turn, shown) {
        session.switchTo(turn, shown - 1);
      },
      setDraft(of, text) {
        if (of !== key || text === draft.text) return;
        draft.text = text;
        draft.save();
      },
      setEdit,
    },
  };
}

/**
 * Removes a question that is being asked from the draft.
 * @param instead the index of the turn that it replaces
 */
function clearAsked(draft: NoteDraft, question: string, { turns }: Conversation, instead?: number): void {
  draft.region = null;
  if (draft.text.trim() === question) draft.text = '';
  if (instead === undefined) return;
  const of = turns[instead]?.question;
  draft.edits = draft.edits.filter(
    (edit) => edit.turn !== instead || edit.of !== of || edit.text.trim() !== question,
  );
}
