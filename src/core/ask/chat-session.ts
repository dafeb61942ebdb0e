import { isCancelled, NotesightError } from '../errors.ts';
import type { ShownCall } from './answer.ts';
import { ask, type AskEvent, type AskPorts, type AskRequest } from './ask.ts';
import { before, NEW_CONVERSATION, withRenamed, type Conversation } from './conversation.ts';

/** A question whose answer is under way, or failed. */
export interface PendingTurn {
  readonly question: string;
  /** What came of the answer so far. */
  readonly answer: string;
  /** What the model called so far. */
  readonly calls: readonly ShownCall[];
  /** How many images are known in words, of how many; null once they all are. */
  readonly described: { readonly done: number; readonly total: number } | null;
  /** What goes in how; null before that is known. */
  readonly planned: Extract<AskEvent, { type: 'planned' }> | null;
  /** Why there is no answer; null while there may be one. */
  readonly error: NotesightError | null;
}

/** What a conversation is shown as. */
export interface ChatSnapshot {
  readonly conversation: Conversation;
  readonly pending: PendingTurn | null;
}

/** A conversation that somebody holds: one question at a time. */
export interface ChatSession {
  readonly snapshot: ChatSnapshot;
  /** Asks, in place of a turn and those after it where `instead` names one. Whatever fails becomes part of the snapshot. */
  ask(request: AskRequest, instead?: number): Promise<void>;
  /** Stops the answer under way; what came of it stays. */
  stop(): void;
  /** Begins a new conversation. */
  clear(): void;
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
  let snapshot: ChatSnapshot = { conversation, pending: null };
  let controller: AbortController | null = null;

  function show(changes: Partial<ChatSnapshot>): void {
    snapshot = { ...snapshot, ...changes };
    onChange(snapshot);
  }

  function step(pending: PendingTurn, event: AskEvent): PendingTurn {
    switch (event.type) {
      case 'described':
        return { ...pending, described: event };
      case 'planned':
        // Also where it begins anew, with less.
        return { ...pending, planned: event, described: null, answer: '', calls: [] };
      case 'text':
        return { ...pending, answer: pending.answer + event.text };
      case 'restart':
        return { ...pending, answer: '' };
      case 'call':
        return { ...pending, answer: '', calls: pending.calls.toSpliced(event.index, 1, event.call) };
      case 'end':
        return pending;
    }
  }

  return {
    get snapshot() {
      return snapshot;
    },
    async ask(request, instead) {
      if (controller !== null) return;
      const mine = new AbortController();
      controller = mine;
      const from = instead === undefined ? snapshot.conversation : before(snapshot.conversation, instead);
      let pending: PendingTurn = {
        question: request.question,
        answer: '',
        calls: [],
        described: null,
        planned: null,
        error: null,
      };
      show({ conversation: from, pending });
      try {
        const ports = await open(mine.signal);
        for await (const event of ask(request, from, ports, mine.signal)) {
          if (controller !== mine) return;
          pending = step(pending, event);
          show(event.type === 'end' ? { conversation: event.conversation, pending: null } : { pending });
        }
      } catch (error) {
        if (controller !== mine) return;
        if (isCancelled(error)) show({ pending: null });
        else if (error instanceof NotesightError) show({ pending: { ...pending, described: null, error } });
        else throw error;
      } finally {
        if (controller === mine) controller = null;
      }
    },
    stop() {
      controller?.abort(new NotesightError('cancelled', 'stopped'));
    },
    rename(from, to) {
      show({ conversation: withRenamed(snapshot.conversation, from, to) });
    },
    clear() {
      controller?.abort(new NotesightError('cancelled', 'cleared'));
      controller = null;
      show({ conversation: NEW_CONVERSATION, pending: null });
    },
  };
}
