import { NotesightError } from '../errors.ts';
import type { ChatMessage, Tool } from '../model/chat-model.ts';
import { cutToTokens } from '../text/cut-to-tokens.ts';
import { estimateTokens } from '../text/tokens.ts';
import {
  ASK_SYSTEM,
  earlierTurns,
  fenced,
  type ImageLine,
  imageLines,
  TOOLS_SYSTEM,
  turnContent,
} from './ask-prompt.ts';
import { callMessages, roundTokens, toolTokens } from './call-messages.ts';
import type { CallRound, Conversation, Picture, Preface, Turn } from './conversation.ts';
import { messageTokens } from './message-tokens.ts';

/** The shares of a context that the answer, all images in words, and what was said before in short may take. */
const ANSWER_SHARE = 1 / 4;
const WORDS_SHARE = 1 / 3;
const EARLIER_SHARE = 1 / 12;
/** What is kept free for calls of tools and their results. */
const CALLS_SHARE = 1 / 4;
/** Once the turns don't fit any more, so much is cut off that the next ones do: each cut costs the server's cache. */
const KEPT_SHARE = 1 / 3;
/** The longest answer, in tokens. */
const MAX_ANSWER = 1024;
/** A line about an image that is shorter says nothing, in tokens. */
const MIN_LINE = 8;
/** What stands around the words of a line, or of all of them, in tokens. */
const AROUND_LINE = 8;

export interface PlanInput {
  /** What was said so far; its files have the numbers that the images are meant by. */
  readonly conversation: Conversation;
  readonly question: string;
  /** What is known of each image that the user chose, as words. */
  readonly lines: readonly ImageLine[];
  /** What would go in as pictures, the most important first; none for a model that can't see. */
  readonly pictures: readonly Picture[];
  /** How many of these, from the first, the user asks for: they go before older turns. */
  readonly wanted: number;
  /** The model's, in tokens. */
  readonly contextLength: number;
  /** What the model may call; none for one that can't. */
  readonly tools: readonly Tool[];
}

export interface Plan {
  readonly preface: Preface;
  /** The turn that begins, without its answer. */
  readonly turn: Pick<Turn, 'question' | 'content' | 'pictures' | 'told'>;
  /** The longest answer, in tokens. */
  readonly maxTokens: number;
  /** What the request costs at most, in tokens, without the answer. */
  readonly tokens: number;
  readonly tools: readonly Tool[];
  /** What calls and their results may cost, in tokens; 0 without tools. */
  readonly roomForCalls: number;
  /** The numbers of images that the user chose and that fit in neither as a picture nor in words. */
  readonly left: readonly number[];
}

/**
 * Lays out a request such that it fits the context. What was sent before is sent again byte for byte, and the new
 * turn behind it, as long as that fits: the server then computes only the new turn. Once it doesn't, the oldest turns
 * go, all but a line each, and the images are told anew.
 * @throws NotesightError `question_too_long` where not even the question fits
 */
export function planRequest(input: PlanInput): Plan {
  const { contextLength, tools } = input;
  const maxTokens = Math.min(MAX_ANSWER, Math.floor(contextLength * ANSWER_SHARE));
  const forCalls = tools.length === 0 ? 0 : Math.floor(contextLength * CALLS_SHARE);
  const layout = layOut(input, contextLength - maxTokens - forCalls - beforeTurns(input));
  const free = contextLength - maxTokens - layout.tokens;
  return { ...layout, maxTokens, tools, roomForCalls: tools.length === 0 ? 0 : free };
}

function layOut(input: PlanInput, room: number): Layout {
  const behind = goOn(input, room);
  const seenBehind = behind === null ? -1 : seenOf(behind, input);
  if (behind !== null && seenBehind === aimOf(input)) return behind;
  // To see what is asked about is worth more than older turns; but where that doesn't help, they stay.
  const anew = beginAnew(input, room);
  return behind !== null && seenOf(anew, input) <= seenBehind ? behind : anew;
}

/**
 * The messages of a planned request.
 * @param bytesOf null for a picture that isn't there any more
 * @param rounds what was called since, in answer to it
 */
export function messagesOf(
  { preface, turn, tools }: Pick<Plan, 'preface' | 'turn' | 'tools'>,
  turns: readonly Turn[],
  bytesOf: (picture: Picture) => Uint8Array | null,
  rounds: readonly CallRound[] = [],
): ChatMessage[] {
  const sent: readonly SentTurn[] = [...turns.slice(preface.start), { ...turn, rounds }];
  let calls = 0;
  return [
    { role: 'system', content: systemOf(tools) },
    ...sent.flatMap((each, index): ChatMessage[] => {
      const images = each.pictures.map(bytesOf).filter((bytes) => bytes !== null);
      const content = index === 0 ? preface.content + each.content : each.content;
      const user: ChatMessage = { role: 'user', content, ...(images.length > 0 && { images }) };
      const answer: ChatMessage[] =
        each.answer === undefined ? [] : [{ role: 'assistant', content: each.answer }];
      const called = roundsOf(each, tools).flatMap((round) => {
        const messages = callMessages(round, calls);
        calls += round.calls.length;
        return messages;
      });
      return [user, ...called, ...answer];
    }),
  ];
}

const systemOf = (tools: readonly Tool[]): string => (tools.length === 0 ? ASK_SYSTEM : TOOLS_SYSTEM);

/** A model that is offered no tools may not know what to make of calls: it gets the answers only. */
const roundsOf = ({ rounds }: SentTurn, tools: readonly Tool[]): readonly CallRound[] =>
  tools.length === 0 ? [] : rounds;

/** What stands before all turns, in tokens. */
const beforeTurns = ({ tools }: PlanInput): number => messageTokens(systemOf(tools)) + toolTokens(tools);

type Layout = Omit<Plan, 'maxTokens' | 'tools' | 'roomForCalls'>;

/** The turn that begins has no answer yet. */
type SentTurn = Pick<Turn, 'content' | 'pictures' | 'rounds'> & { readonly answer?: string };

/** Behind what was sent before; null where that isn't there, or too long. */
function goOn(input: PlanInput, room: number): Layout | null {
  const { conversation, question } = input;
  const { preface, turns } = conversation;
  if (preface === null) return null;
  const sent = turns.slice(preface.start);
  const used = estimateTokens(preface.content) + sum(sent.map((each) => turnTokens(each, input.tools)));
  const toldBefore = new Set([...preface.told, ...sent.flatMap(({ told }) => told)]);
  const { lines, left } = fitLines(
    input.lines.filter(({ image }) => !toldBefore.has(image)),
    room * WORDS_SHARE,
  );
  if (left.length > 0) return null;

  const shown = sent.flatMap(({ pictures }) => pictures);
  const offered = without(input.pictures, shown);
  const free = room - used - messageTokens(turnContent(lines, offered, question));
  if (free < 0) return null;
  const turn = newTurn(lines, fitPictures(offered, free), question);
  return { preface, turn, tokens: beforeTurns(input) + used + newTurnTokens(turn), left };
}

/** With the images told anew, the newest turns whole and the older ones in short. */
function beginAnew(input: PlanInput, room: number): Layout {
  const { conversation, question } = input;
  const { turns } = conversation;
  const asked = messageTokens(turnContent([], input.pictures, question));
  if (asked > room) throw tooLong(input, asked);

  const { lines, left: untold } = fitLines(input.lines, Math.min(room * WORDS_SHARE, room - asked));
  const told = lines.map(({ image }) => image);
  const words = imageLines(lines);
  let free = room - asked - estimateTokens(words);
  const wanted = fitPictures(input.pictures.slice(0, input.wanted), free);
  free -= sum(wanted.map(({ tokens }) => tokens));

  const kept = newest(input, Math.min(room * KEPT_SHARE, free));
  free -= sum(kept.map((each) => turnTokens(each, input.tools)));
  const start = turns.length - kept.length;
  const earlier = shortened(turns.slice(0, start), Math.min(room * EARLIER_SHARE, free));
  free -= estimateTokens(earlier);

  const shown = kept.flatMap(({ pictures }) => pictures);
  const pictures = fitPictures(
    without(input.pictures, shown),
    free + sum(wanted.map(({ tokens }) => tokens)),
  );
  const preface: Preface = { start, content: earlier + words, told };
  const turn = newTurn([], pictures, question);
  const seen = new Set([...shown, ...pictures].map(({ image }) => image));
  return {
    preface,
    turn,
    tokens:
      beforeTurns(input) +
      estimateTokens(preface.content) +
      sum(kept.map((each) => turnTokens(each, input.tools))) +
      newTurnTokens(turn),
    left: untold.filter((image) => !seen.has(image)),
  };
}

/**
 * As many lines as there is room for, each with an equal share of it where they are too long.
 * @returns also the numbers of the images for whose lines there is no room
 */
function fitLines(lines: readonly ImageLine[], room: number): { lines: ImageLine[]; left: number[] } {
  const around = estimateTokens(imageLines([{ image: 1, words: '' }]));
  const costs = lines.map(({ image }) => estimateTokens(`[${image}] \n`) + 1);
  let free = room - around;
  const taken: { readonly line: ImageLine; readonly cost: number }[] = [];
  for (const [index, line] of lines.entries()) {
    const cost = costs[index] ?? 0;
    if (free < cost + MIN_LINE) break;
    free -= cost + MIN_LINE;
    taken.push({ line, cost });
  }
  let spare = free + taken.length * MIN_LINE;
  // The short ones first: what they leave of their share goes to the long ones.
  const words = new Map<number, string>();
  const byLength = taken
    .map(({ line }) => ({ line, tokens: estimateTokens(line.words) }))
    .sort((a, b) => a.tokens - b.tokens);
  for (const [index, { line }] of byLength.entries()) {
    const fitted = cutToTokens(line.words, Math.floor(spare / (byLength.length - index)));
    spare -= estimateTokens(fitted);
    words.set(line.image, fitted);
  }
  return {
    lines: taken.map(({ line }) => ({ image: line.image, words: words.get(line.image) ?? '' })),
    left: lines.slice(taken.length).map(({ image }) => image),
  };
}

function fitPictures(pictures: readonly Picture[], room: number): Picture[] {
  let free = room;
  return pictures.filter(({ tokens }) => {
    if (tokens > free) return false;
    free -= tokens;
    return true;
  });
}

/** The newest turns that fit, in their order. A picture stays only of an image that is still told of. */
function newest({ conversation: { turns }, lines, tools }: PlanInput, room: number): Turn[] {
  const chosen = new Set(lines.map(({ image }) => image));
  const kept: Turn[] = [];
  let free = room;
  for (const turn of turns.toReversed()) {
    free -= turnTokens(turn, tools);
    if (free < 0 || turn.pictures.some(({ image }) => !chosen.has(image))) break;
    kept.unshift(turn);
  }
  return kept;
}

/** Turns in a line each, of the oldest only as many as there is room for. */
function shortened(turns: readonly Turn[], room: number): string {
  const least = 2 * (MIN_LINE + AROUND_LINE);
  const told = turns.slice(Math.max(0, turns.length - Math.floor((room - AROUND_LINE) / least)));
  const share = Math.floor((room - AROUND_LINE) / (2 * told.length)) - AROUND_LINE;
  const cut = (words: string): string => cutToTokens(fenced(words), share);
  return earlierTurns(told.map(({ question, answer }) => ({ question: cut(question), answer: cut(answer) })));
}

function newTurn(lines: readonly ImageLine[], pictures: readonly Picture[], question: string): Plan['turn'] {
  return {
    question,
    content: turnContent(lines, pictures, question),
    pictures,
    told: lines.map(({ image }) => image),
  };
}

/** The first pictures, which the request should have; the others are only better than none. */
const aimed = ({ pictures, wanted }: PlanInput): readonly Picture[] => pictures.slice(0, Math.max(wanted, 1));

const aimOf = (input: PlanInput): number => aimed(input).length;

/** How many of the pictures that a request should have it has, in this turn or one before. */
function seenOf({ preface, turn }: Layout, input: PlanInput): number {
  const sent = input.conversation.turns.slice(preface.start).flatMap(({ pictures }) => pictures);
  return aimOf(input) - without(aimed(input), [...sent, ...turn.pictures]).length;
}

function without(pictures: readonly Picture[], shown: readonly Picture[]): Picture[] {
  const known = new Set(shown.map(pictureKey));
  return pictures.filter((picture) => !known.has(pictureKey(picture)));
}

const pictureKey = ({ fingerprint, region }: Picture): string => JSON.stringify([fingerprint, region]);

function turnTokens(turn: Turn, tools: readonly Tool[]): number {
  return newTurnTokens(turn) + sum(roundsOf(turn, tools).map(roundTokens)) + messageTokens(turn.answer);
}

/** Of a turn without its answer. */
function newTurnTokens({ content, pictures }: Plan['turn']): number {
  return messageTokens(content) + sum(pictures.map(({ tokens }) => tokens));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function tooLong({ contextLength }: PlanInput, tokens: number): NotesightError {
  return new NotesightError('question_too_long', 'The question does not fit the context of the model.', {
    data: { nPromptTokens: tokens, nCtx: contextLength },
  });
}
