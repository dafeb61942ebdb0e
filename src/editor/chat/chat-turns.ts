import type { ShownCall } from '../../core/ask/answer.ts';
import { versionsOf } from '../../core/ask/branches.ts';
import type { ChatSnapshot } from '../../core/ask/chat-session.ts';
import type { PendingTurn } from '../../core/ask/pending-turn.ts';
import { type Conversation, isAnswered, type Turn } from '../../core/ask/conversation.ts';
import { TOOL_SCHEMAS } from '../../core/ask/tools/tool-schemas.ts';
import type { NotesightError } from '../../core/errors.ts';
import type { Explanation } from '../../core/messages/explain.ts';
import type { ChatCall, ChatCallName, ChatTurn } from '../../ui/chat/chat-state.ts';
import type { EditorWords } from '../messages/editor-en.ts';
import { editOf, type NoteDraft } from './note-draft.ts';

/** Additional failures are only counted. */
const MAX_REASONS = 3;

/**
 * The turns of a conversation as the panel shows them. An unchanged turn keeps its object identity.
 * @param draft has the edited, unsent questions
 */
export function createChatTurns(
  words: EditorWords,
  explain: (error: NotesightError) => Explanation,
  draft: NoteDraft,
): (snapshot: ChatSnapshot) => ChatTurn[] {
  const known = new WeakMap<Turn, { readonly state: string; readonly shown: ChatTurn }>();

  function doneTurn(index: number, turn: Turn, { conversation, pending, failed }: ChatSnapshot): ChatTurn {
    const over: Partial<ChatTurn> = {
      versions: shownVersions(conversation, index),
      edited: editOf(draft, index, turn.question),
      ...(failed?.at === index && {
        asking: failed.question === turn.question ? '' : failed.question,
        error: failed.error && explain(failed.error),
      }),
      ...(pending?.at === index && {
        asking: pending.question === turn.question ? '' : pending.question,
        status: 'waiting',
        described: pending.described,
      }),
    };
    const state = JSON.stringify(over);
    const before = known.get(turn);
    if (before?.state === state) return before.shown;
    const shown = { ...plainTurn(turn, conversation), ...over };
    known.set(turn, { state, shown });
    return shown;
  }

  function pendingTurn(
    { at, question, answer, calls, described, planned }: PendingTurn,
    { turns, branches }: Conversation,
  ): ChatTurn {
    const replaced = branches.filter((branch) => branch.at === at).length + (at < turns.length ? 1 : 0);
    return {
      ...NOTHING_MORE,
      question,
      answer,
      status: answer === '' ? 'waiting' : 'streaming',
      pictures: planned?.pictures ?? [],
      inWords: planned?.inWords.length ?? 0,
      calls: calls.map(chatCall),
      described,
      remarks: planned === null ? [] : remarks(planned),
      missing: planned?.missing ?? [],
      versions: { current: replaced + 1, count: replaced + 1 },
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

  return (snapshot) => {
    const { conversation, pending } = snapshot;
    // A regenerated or edited turn stays visible until the new answer begins.
    const isAside = pending !== null && !pending.hasBegun && pending.at < conversation.turns.length;
    const turns = pending === null || isAside ? conversation.turns : conversation.turns.slice(0, pending.at);
    const done = turns.map((turn, index) => doneTurn(index, turn, snapshot));
    return pending === null || isAside ? done : [...done, pendingTurn(pending, conversation)];
  };
}

/** Defaults for fields that most turns leave empty. */
const NOTHING_MORE = {
  missing: [],
  described: null,
  remarks: [],
  error: null,
  versions: { current: 1, count: 1 },
  asking: '',
  edited: '',
} satisfies Partial<ChatTurn>;

function plainTurn(turn: Turn, conversation: Conversation): ChatTurn {
  const { question, answer, end: status, pictures, rounds, missing } = turn;
  const calls = rounds.flatMap((round) => round.calls);
  const asText = new Set([...(conversation.preface?.told ?? []), ...turn.told]);
  for (const { image } of pictures) asText.delete(image);
  return {
    ...NOTHING_MORE,
    question,
    answer,
    status,
    pictures,
    missing,
    inWords: isAnswered(turn) ? asText.size : 0,
    calls: calls.map((call) => chatCall({ ...call, state: call.failed ? 'failed' : 'done' })),
  };
}

function shownVersions(conversation: Conversation, turn: number): ChatTurn['versions'] {
  const { current, count } = versionsOf(conversation, turn);
  return { current: current + 1, count };
}

function chatCall({ name, target, state, result }: ShownCall): ChatCall {
  const known = NAMES.find((each) => each === name);
  const { image, part, words } = target;
  return { name: known ?? 'other', image, part, words: known === undefined ? name : words, state, result };
}

const NAMES = Object.keys(TOOL_SCHEMAS) as ChatCallName[];
