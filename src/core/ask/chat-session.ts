import { isCancelled, NotesightError } from '../errors.ts';
import type { ShownCall } from './answer.ts';
import { type AskPorts, type AskRequest } from './ask-request.ts';
import { ask, type AskEvent } from './ask.ts';
import { withQuestion, withTurn, withVersion } from './branches.ts';
import { before, type Conversation, isAnswered, unanswered, withRenamed } from './conversation.ts';

/** A question whose answer is under way. */
export interface PendingTurn {
  /** The index of the turn that it replaces, or the number of turns. */
  readonly at: number;
  readonly question: string;
  /** What came of the answer so far. */
  readonly answer: string;
  /** Whether some of the answer came. Until then, the turns that it replaces stay. */
  readonly hasBegun: boolean;
  /** What the model called so far. */
  readonly calls: readonly ShownCall[];
  /** How many images are known in words, of how many; null once they all are. */
  readonly described: { readonly done: number; readonly total: number } | null;
  /** What goes in how; null before that is known. */
  readonly planned: Extract<AskEvent, { type: 'planned' }> | null;
}

/** The last question, if it got no whole answer. */
export interface FailedTurn {
  /** The index of the turn that holds it, or that it was to replace. */
  readonly at: number;
  readonly question: string;
  /** null if the user stopped it. */
  readonly error: NotesightError | null;
}

/** What a conversation is shown as. */
export interface ChatSnapshot {
  readonly conversation: Conversation;
  readonly pending: PendingTurn | null;
  readonly failed: FailedTurn | null;
}

/** A conversation that somebody holds: one question at a time. */
export interface ChatSession {
  readonly snapshot: ChatSnapshot;
  /** The conversation as it would be if it ended here: a question under way is in it, and so are the turns it replaces. */
  readonly kept: Conversation;
  /**
   * Asks, in place of a turn and those after it if `instead` names one: these become a branch with the first word of the
   * answer. Whatever fails becomes part of the snapshot, and the question part of the conversation.
   * @returns whether it was asked: not while an answer is under way
   */
  ask(request: AskRequest, instead?: number): Promise<boolean>;
  /** Stops the answer under way; what came of it stays. */
  stop(): void;
  /** Shows another version of a turn; not while an answer is under way. */
  switchTo(turn: number, version: number): void;
  /** Goes on with another conversation, or a new one. */
  open(conversation: Conversation): void;
  /** Goes along with an image, or a folder of images, that was renamed or moved. */
  rename(from: string, to: string): void;
}

/**
 * @param open what is needed to answer: a model above all, which may not be there
 * @param onChange called after each change of the snapshot
 */
export function createChatSession(
  conversation: Conversation,
  open: (signal: AbortSignal) => Promise<AskPorts>,
  onChange: (snapshot: ChatSnapshot) => void,
): ChatSession {
  let snapshot: ChatSnapshot = { conversation, pending: null, failed: null };
  let controller: AbortController | null = null;
  /** Since the question under way was asked. */
  let renames: (readonly [from: string, to: string])[] = [];

  function show(changes: Partial<ChatSnapshot>): void {
    snapshot = { ...snapshot, ...changes };
    onChange(snapshot);
  }

  function step(pending: PendingTurn, event: Exclude<AskEvent, { type: 'end' }>): PendingTurn {
    switch (event.type) {
      case 'described':
        return { ...pending, described: event };
      case 'planned':
        // Also where it begins anew, with less.
        return { ...pending, planned: event, described: null, answer: '', calls: [] };
      case 'text':
        return { ...pending, answer: pending.answer + event.text, hasBegun: true };
      case 'restart':
        return { ...pending, answer: '' };
      case 'call':
        return { ...pending, answer: '', calls: pending.calls.toSpliced(event.index, 1, event.call) };
    }
  }

  function kept(): Conversation {
    const { conversation: current, pending } = snapshot;
    if (pending === null) return current;
    const { at, question, answer } = pending;
    return answer === ''
      ? withQuestion(current, at, question)
      : withTurn(current, at, unanswered(question, answer));
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
      return kept();
    },
    async ask(request, instead) {
      if (controller !== null) return false;
      const mine = new AbortController();
      controller = mine;
      renames = [];
      const { question } = request;
      const at = instead ?? placeFor(snapshot.conversation, question);
      let pending: PendingTurn = {
        at,
        question,
        answer: '',
        hasBegun: false,
        calls: [],
        described: null,
        planned: null,
      };
      const from = sentOf(before(snapshot.conversation, at));
      show({ pending, failed: null });
      try {
        const ports = await open(mine.signal);
        for await (const event of ask(request, from, ports, mine.signal)) {
          if (controller !== mine) return true;
          if (event.type === 'end') {
            controller = null;
            show({ conversation: withAnswer(pending, event.conversation), pending: null });
          } else {
            pending = step(pending, event);
            show({ pending });
          }
        }
      } catch (error) {
        if (controller !== mine) return true;
        controller = null;
        const known = error instanceof NotesightError && !isCancelled(error) ? error : null;
        show({ conversation: kept(), pending: null, failed: { at, question, error: known } });
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
    open(next) {
      controller?.abort(new NotesightError('cancelled', 'another conversation was opened'));
      controller = null;
      show({ conversation: next, pending: null, failed: null });
    },
  };
}

/** A question that is asked again because it got no answer takes its own place. */
function placeFor({ turns }: Conversation, question: string): number {
  const last = turns.at(-1);
  const isSame = last?.question === question && last.answer === '' && !isAnswered(last);
  return isSame ? turns.length - 1 : turns.length;
}

/** What of a conversation is sent to a model. */
function sentOf(conversation: Conversation): Conversation {
  return { ...conversation, turns: conversation.turns.filter(isAnswered), branches: [] };
}
