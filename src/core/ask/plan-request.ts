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
import { type AttachedText, attachedTexts } from './attached-text.ts';
import { callMessages, roundTokens, toolTokens } from './call-messages.ts';
import type { CallRound, Conversation, Picture, Preface, Turn } from './conversation.ts';
import { messageTokens } from './message-tokens.ts';
import { cutNote, noteIn, noteToAdd } from './sent-note.ts';

/**
 * The maximum shares of the context for the answer, for all images as text, for the text of the note, for attached
 * texts, and for earlier turns in short form.
 */
const ANSWER_SHARE = 1 / 4;
const WORDS_SHARE = 1 / 3;
const NOTE_SHARE = 1 / 4;
const ATTACHED_SHARE = 1 / 4;
const EARLIER_SHARE = 1 / 12;
/** The share reserved for tool calls and their results. */
const CALLS_SHARE = 1 / 4;
/**
 * When the turns no longer fit, they are cut to this share, so that the next ones fit: each cut invalidates the
 * server's prompt cache.
 */
const KEPT_SHARE = 1 / 3;
/** The longest answer, in tokens. */
const MAX_ANSWER = 1024;
/** Tokens: a shorter line about an image is not useful. */
const MIN_LINE = 8;
/** The overhead of a line, or of all lines, in tokens. */
const AROUND_LINE = 8;

export interface PlanInput {
  /** The conversation so far. Image numbers refer to its files. */
  readonly conversation: Conversation;
  readonly question: string;
  /** The text of the note; '' to leave it out. */
  readonly note: string;
  /** The selection and other notes. */
  readonly attached: readonly AttachedText[];
  /** What is known about each image that the user chose, as text. */
  readonly lines: readonly ImageLine[];
  /** The images whose lines say no more than their name or alt text, because they have no description yet. */
  readonly undescribed: ReadonlySet<number>;
  /** The candidates to send as pictures, most important first; none for a text-only model. */
  readonly pictures: readonly Picture[];
  /** How many of these, from the first, the user asked for: they take precedence over older turns. */
  readonly wanted: number;
  /** Of the model, in tokens. */
  readonly contextLength: number;
  /** The tools to offer; none for a model without tool support. */
  readonly tools: readonly Tool[];
}

export interface Plan {
  readonly preface: Preface;
  /** The new turn, without its answer. */
  readonly turn: Pick<Turn, 'question' | 'content' | 'pictures' | 'told'>;
  /** The longest answer, in tokens. */
  readonly maxTokens: number;
  /** The maximum cost of the request without the answer, in tokens. */
  readonly tokens: number;
  readonly tools: readonly Tool[];
  /** The maximum cost of tool calls and their results, in tokens; 0 without tools. */
  readonly roomForCalls: number;
  /** The numbers of images that the user chose but that fit neither as a picture nor as text. */
  readonly left: readonly number[];
}

/**
 * Plans a request that fits the context. As long as they fit, earlier messages are sent again byte for byte, followed
 * by the new turn, so that the server only computes the new turn. Otherwise, the oldest turns are reduced to a line
 * each, and the images are described again.
 * @throws NotesightError `question_too_long` if not even the question fits
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
  const continued = continueLayout(input, room);
  const continuedCount = continued === null ? -1 : includedCount(continued, input);
  if (continued !== null && continuedCount === neededCount(input)) return continued;
  // The pictures that the question needs take precedence over older turns, but only if dropping turns makes room for
  // them.
  const restarted = restartLayout(input, room);
  return continued !== null && includedCount(restarted, input) <= continuedCount ? continued : restarted;
}

/**
 * The messages of a planned request.
 * @param bytesOf null for a picture that is no longer available
 * @param rounds the tool calls made for this question so far
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

function systemOf(tools: readonly Tool[]): string {
  return tools.length === 0 ? ASK_SYSTEM : TOOLS_SYSTEM;
}

/** Tool calls may confuse a model that is offered no tools, so it gets only the answers. */
function roundsOf({ rounds }: SentTurn, tools: readonly Tool[]): readonly CallRound[] {
  return tools.length === 0 ? [] : rounds;
}

/** The cost of what precedes all turns, in tokens. */
function beforeTurns({ tools }: PlanInput): number {
  return messageTokens(systemOf(tools)) + toolTokens(tools);
}

type Layout = Omit<Plan, 'maxTokens' | 'tools' | 'roomForCalls'>;

/** The new turn has no answer yet. */
type SentTurn = Pick<Turn, 'content' | 'pictures' | 'rounds'> & { readonly answer?: string };

/** Appends the new turn to what was sent before; null if nothing was sent or it is too long. */
function continueLayout(input: PlanInput, room: number): Layout | null {
  const { conversation, question } = input;
  const { preface, turns } = conversation;
  if (preface === null) return null;
  const sent = turns.slice(preface.start);
  const note = noteToAdd(input.note, [preface, ...sent], room * NOTE_SHARE);
  if (note === null) return null;
  const texts = note + attachedTexts(input.attached, sent, room * ATTACHED_SHARE);
  const used = estimateTokens(preface.content) + sum(sent.map((each) => turnTokens(each, input.tools)));
  const described = new Set([...preface.told, ...sent.flatMap(({ told }) => told)]);
  const { lines, left } = fitLines(
    input.lines.filter(({ image }) => !described.has(image) && !input.undescribed.has(image)),
    room * WORDS_SHARE,
  );
  if (left.length > 0) return null;

  const shown = sent.flatMap(({ pictures }) => pictures);
  const offered = without(input.pictures, shown);
  const free = room - used - messageTokens(turnContent(texts, lines, offered, question));
  if (free < 0) return null;
  const turn = newTurn({ texts, lines }, fitPictures(offered, free), question);
  return { preface, turn, tokens: beforeTurns(input) + used + newTurnTokens(turn), left };
}

/** Describes the images again and sends the newest turns in full and the older ones in short form. */
function restartLayout(input: PlanInput, room: number): Layout {
  const { conversation, question } = input;
  const { turns } = conversation;
  const asked = messageTokens(turnContent('', [], input.pictures, question));
  if (asked > room) throw tooLong(input, asked);

  const { lines, left: leftLines } = fitLines(input.lines, Math.min(room * WORDS_SHARE, room - asked));
  // Those without a description get another line once they have one.
  const told = lines.map(({ image }) => image).filter((image) => !input.undescribed.has(image));
  const words = imageLines(lines);
  let free = room - asked - estimateTokens(words);
  const wanted = fitPictures(input.pictures.slice(0, input.wanted), free);
  free -= sum(wanted.map(({ tokens }) => tokens));
  const texts = attachedTexts(input.attached, [], Math.min(room * ATTACHED_SHARE, free));
  free -= estimateTokens(texts);
  const note = cutNote(input.note, Math.min(room * NOTE_SHARE, free));
  free -= estimateTokens(note);

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
  const preface: Preface = { start, content: earlier + note + words, told };
  const turn = newTurn({ texts, lines: [] }, pictures, question);
  const included = new Set([...shown, ...pictures].map(({ image }) => image));
  return {
    preface,
    turn,
    tokens:
      beforeTurns(input) +
      estimateTokens(preface.content) +
      sum(kept.map((each) => turnTokens(each, input.tools))) +
      newTurnTokens(turn),
    left: leftLines.filter((image) => !included.has(image)),
  };
}

/**
 * Fits as many lines as possible, cutting long ones to equal shares.
 * @returns also the numbers of the images whose lines don't fit
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
  // The shortest first: the room that they leave goes to the longer ones.
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

/**
 * The newest turns that fit, in order. A turn with a picture is kept only if its image is among the lines, and none with
 * the text of the note, which is sent in its present form.
 */
function newest({ conversation: { turns }, lines, tools }: PlanInput, room: number): Turn[] {
  const chosen = new Set(lines.map(({ image }) => image));
  const kept: Turn[] = [];
  let free = room;
  for (const turn of turns.toReversed()) {
    free -= turnTokens(turn, tools);
    if (free < 0 || turn.pictures.some(({ image }) => !chosen.has(image)) || noteIn(turn) !== null) break;
    kept.unshift(turn);
  }
  return kept;
}

/** Turns in one line each; drops the oldest if there is no room for all. */
function shortened(turns: readonly Turn[], room: number): string {
  const least = 2 * (MIN_LINE + AROUND_LINE);
  const told = turns.slice(Math.max(0, turns.length - Math.floor((room - AROUND_LINE) / least)));
  const share = Math.floor((room - AROUND_LINE) / (2 * told.length)) - AROUND_LINE;
  const cut = (words: string): string => cutToTokens(fenced(words), share);
  return earlierTurns(told.map(({ question, answer }) => ({ question: cut(question), answer: cut(answer) })));
}

/** What a turn tells the model besides the question. */
interface Told {
  /** From `cutNote` and `attachedTexts`. */
  readonly texts: string;
  readonly lines: readonly ImageLine[];
}

function newTurn({ texts, lines }: Told, pictures: readonly Picture[], question: string): Plan['turn'] {
  return {
    question,
    content: turnContent(texts, lines, pictures, question),
    pictures,
    told: lines.map(({ image }) => image),
  };
}

/** The first pictures, which the request needs; the others are optional. */
const neededPictures = ({ pictures, wanted }: PlanInput): readonly Picture[] =>
  pictures.slice(0, Math.max(wanted, 1));

function neededCount(input: PlanInput): number {
  return neededPictures(input).length;
}

/** How many of the needed pictures the request contains, in this turn or an earlier one. */
function includedCount({ preface, turn }: Layout, input: PlanInput): number {
  const sent = input.conversation.turns.slice(preface.start).flatMap(({ pictures }) => pictures);
  return neededCount(input) - without(neededPictures(input), [...sent, ...turn.pictures]).length;
}

function without(pictures: readonly Picture[], shown: readonly Picture[]): Picture[] {
  const known = new Set(shown.map(pictureKey));
  return pictures.filter((picture) => !known.has(pictureKey(picture)));
}

function pictureKey({ fingerprint, region }: Picture): string {
  return JSON.stringify([fingerprint, region]);
}

function turnTokens(turn: Turn, tools: readonly Tool[]): number {
  return newTurnTokens(turn) + sum(roundsOf(turn, tools).map(roundTokens)) + messageTokens(turn.answer);
}

/** The cost of a turn without its answer. */
function newTurnTokens({ content, pictures }: Plan['turn']): number {
  return messageTokens(content) + sum(pictures.map(({ tokens }) => tokens));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function tooLong({ contextLength }: PlanInput, tokens: number): NotesightError {
  return new NotesightError('question_too_long', 'The question does not fit the context of the model.', {
    data: { nPromptTokens: tokens, nCtx: contextLength },
  });
}
