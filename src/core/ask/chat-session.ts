import { isCancelled, NotesightError } from '../errors.ts';
import { type AskPorts, type AskRequest } from './ask-request.ts';
import { ask } from './ask.ts';
import { withQuestion, withTurn, withVersion } from './branches.ts';
import { before, type Conversation, isAnswered, unanswered, withRenamed } from './conversation.ts';
import { pendingTurn, type PendingTurn, placeFor, withEvent } from './pending-turn.ts';

/** The last question, if its answer is missing or incomplete. */
export interface FailedTurn {
  /** The index of the turn that contains it, or that it was meant to replace. */
  readonly at: number;
  readonly question: string;
  /** null if the user stopped it. */
  readonly error: NotesightError | null;
}

/** The state of a conversation for display. */
export interface ChatSnapshot {
  readonly conversation: Conversation;
  readonly pending: PendingTurn | null;
  readonly failed: FailedTurn | null;
}

/** A conversation in use: it answers one question at a time. */
export interface ChatSession {
  readonly snapshot: ChatSnapshot;
  /** The conversation to store. It includes a question in progress and the turns that it replaces. */
  readonly kept: Conversation;
  /**
   * Asks a question. If `instead` is the index of a turn, the question replaces that turn and those after it, which
   * become a branch with the first word of the answer. An error becomes part of the snapshot, and the question part
   * of the conversation.
   * @returns whether the question was asked: not while an answer is in progress
   */
  ask(request: AskRequest, instead?: number): Promise<boolean>;
  /** Stops the answer in progress; the text so far is kept. */
  stop(): void;
  /** Switches to another version of a turn; does nothing while an answer is in progress. */
  switchTo(turn: number, version: number): void;
  /** Changes what does not concern an answer in progress, such as the title. */
  change(conversation: Conversation): void;
  /** Replaces the conversation with another or a new one. */
  open(conversation: Conversation): void;
  /** Updates the conversation after an image or a folder was renamed or moved. */
  rename(from: string, to: string): void;
}

/**
 * @param open opens what is needed to answer; rejects if there is no suitable model, for example
 * @param onChange called after each change of the snapshot
 */
export function createChatSession(
  conversation: Conversation,
  open: (signal: AbortSignal) => Promise<AskPorts>,
  onChange: (snapshot: ChatSnapshot) => void,
): ChatSession {
  let snapshot: ChatSnapshot = { conversation, pending: null, failed: null };
  let controller: AbortController | null = null;
  /** The renames since the question in progress was asked. */
  let renames: (readonly [from: string, to: string])[] = [];

  function show(changes: Partial<ChatSnapshot>): void {
    snapshot = { ...snapshot, ...changes };
    onChange(snapshot);
  }

  function withAnswer({ at }: PendingTurn, answered: Conversation): Conversation {
    const turn = answered.turns.at(-1);
    if (turn === undefined) return snapshot.conversation;
    const files = renames.reduce((so, [from, to]) => withRenamed(so, from, to), answered).files;
    return { ...withTurn({ ...snapshot.conversation, files }, at, turn), preface: answered.preface };
  }

  return {
    get snapshot() {
      return snapshot;
    },
    get kept() {
      return withPending(snapshot);
    },
    async ask(request, instead) {
      if (controller !== null) return false;
      const ownController = new AbortController();
      controller = ownController;
      renames = [];
      const { question } = request;
      const at = instead ?? placeFor(snapshot.conversation, question);
      let pending = pendingTurn(at, question);
      const from = answeredPart(before(snapshot.conversation, at));
      show({ pending, failed: null });
      try {
        const ports = await open(ownController.signal);
        for await (const event of ask(request, from, ports, ownController.signal)) {
          if (controller !== ownController) return true;
          if (event.type === 'end') {
            controller = null;
            show({ conversation: withAnswer(pending, event.conversation), pending: null });
          } else {
            pending = withEvent(pending, event);
            show({ pending });
          }
        }
      } catch (error) {
        if (controller !== ownController) return true;
        controller = null;
        const known = error instanceof NotesightError && !isCancelled(error) ? error : null;
        show({ conversation: withPending(snapshot), pending: null, failed: { at, question, error: known } });
        if (known === null && !isCancelled(error)) throw error;
      }
      return true;
    },
    stop() {
      controller?.abort(new NotesightError('cancelled', 'stopped'));
    },
    switchTo(turn, version) {
      if (controller === null)
        show({ conversation: withVersion(snapshot.conversation, turn, version), failed: null });
    },
    rename(from, to) {
      renames.push([from, to]);
      show({ conversation: withRenamed(snapshot.conversation, from, to) });
    },
    change(next) {
      show({ conversation: next });
    },
    open(next) {
      controller?.abort(new NotesightError('cancelled', 'another conversation was opened'));
      controller = null;
      show({ conversation: next, pending: null, failed: null });
    },
  };
}

function withPending({ conversation, pending }: ChatSnapshot): Conversation {
  if (pending === null) return conversation;
  const { at, question, answer } = pending;
  return answer === ''
    ? withQuestion(conversation, at, question)
    : withTurn(conversation, at, unanswered(question, answer));
}

/** The part of a conversation that is sent to a model. */
function answeredPart(conversation: Conversation): Conversation {
  return { ...conversation, turns: conversation.turns.filter(isAnswered), branches: [] };
}
