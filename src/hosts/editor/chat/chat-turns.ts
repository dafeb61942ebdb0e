import type { ChatSnapshot, PendingTurn } from '../../../core/ask/chat-session.ts';
import type { Conversation, Turn } from '../../../core/ask/conversation.ts';
import type { Explanation } from '../../../core/explain.ts';
import type { NotesightError } from '../../../core/errors.ts';
import type { ShownCall } from '../../../core/ask/answer.ts';
import { TOOL_SCHEMAS } from '../../../core/ask/tools/tool-schemas.ts';
import type { ChatCall, ChatCallName, ChatTurn } from '../../../ui/chat/chat-state.ts';
import type { EditorWords } from '../words/editor-en.ts';

/** More reasons than these are told by their number alone. */
const MAX_REASONS = 3;

/** The turns of a conversation as the panel shows them; a turn that is the same is the same object again. */
export function createChatTurns(
  words: EditorWords,
  explain: (error: NotesightError) => Explanation,
): (snapshot: ChatSnapshot) => ChatTurn[] {
  const known = new WeakMap<Turn, ChatTurn>();

  function doneTurn(turn: Turn, conversation: Conversation): ChatTurn {
    const { question, answer, end: status, pictures, rounds } = turn;
    const calls = rounds.flatMap((round) => round.calls);
    const told = new Set([...(conversation.preface?.told ?? []), ...turn.told]);
    for (const { image } of pictures) told.delete(image);
    return {
      question,
      answer,
      status,
      pictures,
      inWords: told.size,
      calls: calls.map((call) => chatCall({ ...call, state: call.failed ? 'failed' : 'done' })),
      described: null,
      remarks: [],
      error: null,
    };
  }

  function pendingTurn({ question, answer, calls, described, planned, error }: PendingTurn): ChatTurn {
    return {
      question,
      answer,
      status: error !== null ? 'failed' : answer === '' ? 'waiting' : 'streaming',
      pictures: planned?.pictures ?? [],
      inWords: planned?.inWords.length ?? 0,
      calls: calls.map(chatCall),
      described,
      remarks: planned === null ? [] : remarks(planned),
      error: error === null ? null : explain(error),
    };
  }

  function remarks({ unknown, left, shortened }: NonNullable<PendingTurn['planned']>): string[] {
    const { chatNotes } = words;
    return [
      ...(shortened > 0 ? [chatNotes.shortened(shortened)] : []),
      ...(left.length > 0 ? [chatNotes.left(left.length)] : []),
      ...[...unknown].slice(0, MAX_REASONS).map(([image, error]) => `[${image}] ${explain(error).message}`),
    ];
  }

  return ({ conversation, pending }) => {
    const done = conversation.turns.map((turn) => {
      const shown = known.get(turn) ?? doneTurn(turn, conversation);
      known.set(turn, shown);
      return shown;
    });
    return pending === null ? done : [...done, pendingTurn(pending)];
  };
}

function chatCall({ name, target, state, result }: ShownCall): ChatCall {
  const known = NAMES.find((each) => each === name);
  const { image, part, words } = target;
  return { name: known ?? 'other', image, part, words: known === undefined ? name : words, state, result };
}

const NAMES = Object.keys(TOOL_SCHEMAS) as ChatCallName[];
