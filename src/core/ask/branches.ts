import { before, type Branch, type Conversation, isAnswered, type Turn, unanswered } from './conversation.ts';

/** Which version of a turn is shown, from 0, and the number of versions. */
export interface Versions {
  readonly current: number;
  readonly count: number;
}

export function versionsOf({ branches }: Conversation, turn: number): Versions {
  const others = new Set(branches.filter(({ at }) => at === turn).map(({ version }) => version));
  let current = 0;
  while (others.has(current)) current++;
  return { current, count: others.size + 1 };
}

/** Switches to another version of a turn, with all turns that followed it. */
export function withVersion(conversation: Conversation, turn: number, version: number): Conversation {
  const chosen = conversation.branches.find((branch) => branch.at === turn && branch.version === version);
  if (chosen === undefined) return conversation;
  const { branches, ...rest } = moveToBranch(conversation, turn);
  return {
    ...rest,
    turns: [...rest.turns, ...chosen.turns],
    preface: chosen.preface,
    branches: [...branches.filter((branch) => branch !== chosen), ...chosen.branches],
  };
}

/**
 * Adds a question that waits for its answer. A question that was added before isn't added again; for an existing
 * turn, the question becomes a branch and the turn stays as it is.
 */
export function withQuestion(conversation: Conversation, at: number, question: string): Conversation {
  const { turns, branches } = conversation;
  const turn = turns[at];
  if (turn === undefined) return { ...conversation, turns: [...turns, unanswered(question)] };
  if (turn.question === question || findPending(conversation, at, question) !== undefined)
    return conversation;
  const branch: Branch = {
    at,
    version: versionsOf(conversation, at).count,
    turns: [unanswered(question)],
    preface: before(conversation, at).preface,
    branches: [],
  };
  return { ...conversation, branches: [...branches, branch] };
}

/**
 * Adds a finished turn. The turns that it replaces become a branch, unless they are only the same question without an
 * answer.
 */
export function withTurn(conversation: Conversation, at: number, turn: Turn): Conversation {
  const { question } = turn;
  const current = conversation.turns[at];
  const isRetry =
    current !== undefined && at === conversation.turns.length - 1 && isJustQuestion(current, question);
  const asked = findPending(conversation, at, question);
  const from = isRetry
    ? before(conversation, at)
    : moveToBranch(asked === undefined ? conversation : without(conversation, asked), at);
  return { ...from, turns: [...from.turns, turn] };
}

/** Moves the turns from an index on into a branch. */
function moveToBranch(conversation: Conversation, at: number): Conversation {
  const { turns, preface, branches } = conversation;
  if (at >= turns.length) return conversation;
  const branch: Branch = {
    at,
    version: versionsOf(conversation, at).current,
    turns: turns.slice(at),
    preface,
    branches: branches.filter((each) => each.at > at),
  };
  return { ...before(conversation, at), branches: [...branches.filter((each) => each.at <= at), branch] };
}

/** The branch that contains only a new version of a question, without an answer. */
function findPending({ branches }: Conversation, at: number, question: string): Branch | undefined {
  return branches.find(
    ({ at: place, turns: [first, ...others] }) =>
      place === at && first !== undefined && others.length === 0 && isJustQuestion(first, question),
  );
}

/** Whether a turn is this question, still without an answer. */
export function isJustQuestion(turn: Turn, question: string): boolean {
  return turn.question === question && turn.answer === '' && !isAnswered(turn);
}

function without(conversation: Conversation, branch: Branch): Conversation {
  const { at, version } = branch;
  return {
    ...conversation,
    branches: conversation.branches
      .filter((each) => each !== branch)
      .map((each) =>
        each.at === at && each.version > version ? { ...each, version: each.version - 1 } : each,
      ),
  };
}
