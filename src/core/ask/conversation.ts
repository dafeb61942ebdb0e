import type { ToolCall } from '../model/chat-model.ts';
import { noteOfInline } from '../note/inline-source.ts';
import type { PixelRegion } from '../ports.ts';
import type { CallTarget } from './tools/ask-tools.ts';
import type { CallResult } from './tools/tool-caller.ts';

/** What was shown to the model as a picture. */
export interface Picture {
  /** The number that the image has in this conversation. */
  readonly image: number;
  /** The part of it that was shown, in pixels of the upright image; null for the whole. */
  readonly region: PixelRegion | null;
  /** SHA-256 of the image file's bytes as they were. */
  readonly fingerprint: string;
  /** What it costs, in tokens. */
  readonly tokens: number;
}

/**
 * How an answer ended: whole, at the limit of its length, by the user, cut off where the model repeated itself, or
 * without a word, where it only called tools.
 */
export type AnswerEnd = 'done' | 'length' | 'stopped' | 'looped' | 'unanswered';

/** A call of a tool, and what came of it, as the model got it. */
export interface DoneCall extends ToolCall, CallResult {
  readonly target: CallTarget;
}

/** What a model called before it answered, at once. */
export interface CallRound {
  /** What it said with it, in short; mostly nothing. */
  readonly text: string;
  readonly calls: readonly DoneCall[];
  /** Whether it was told to answer after them. */
  readonly isLast: boolean;
}

/** A question and its answer. */
export interface Turn {
  readonly question: string;
  readonly answer: string;
  readonly end: AnswerEnd;
  /** The words that the model got, byte for byte: what a server has computed for them is used again. */
  readonly content: string;
  /** Which pictures stood before the words. */
  readonly pictures: readonly Picture[];
  /** The numbers of the images that the words tell of. */
  readonly told: readonly number[];
  /** What was called before the answer. */
  readonly rounds: readonly CallRound[];
}

/** What stands before the first of the turns that are sent: the images in words, and in short what was said before. */
export interface Preface {
  /** The index of the first turn that is sent whole, counted among those with an answer. */
  readonly start: number;
  readonly content: string;
  readonly told: readonly number[];
}

/**
 * A conversation about the images of a note. An image keeps its number to the end: its place in `files`, from 1.
 * It is a plain value: a host keeps it as JSON.
 */
export interface Conversation {
  /** Paths relative to the vault. */
  readonly files: readonly string[];
  readonly turns: readonly Turn[];
  /** null before the first answer. */
  readonly preface: Preface | null;
  /** What followed some of the turns before they were regenerated or edited. */
  readonly branches: readonly Branch[];
}

/** Another version of a turn, with everything that followed it. */
export interface Branch {
  /** The index of the turn. */
  readonly at: number;
  /** Its place among the versions of that turn, from 0. The version in `Conversation.turns` has the remaining place. */
  readonly version: number;
  readonly turns: readonly Turn[];
  readonly preface: Preface | null;
  /** The versions of its own later turns. */
  readonly branches: readonly Branch[];
}

export const NEW_CONVERSATION: Conversation = { files: [], turns: [], preface: null, branches: [] };

/** A question that got no answer, or only the beginning of one. It is shown and kept, but never sent to a model. */
export function unanswered(question: string, answer = ''): Turn {
  return { question, answer, end: 'stopped', content: '', pictures: [], told: [], rounds: [] };
}

/** Whether a turn is part of what a model is sent. */
export const isAnswered = ({ content }: Turn): boolean => content !== '';

/** Gives the files numbers that have none yet, in their order. */
export function withFiles(conversation: Conversation, files: readonly string[]): Conversation {
  const known = new Set(conversation.files);
  const added = [...new Set(files)].filter((file) => !known.has(file));
  return added.length === 0 ? conversation : { ...conversation, files: [...conversation.files, ...added] };
}

/** The conversation as it was before one of its turns, to ask again or otherwise. */
export function before(conversation: Conversation, turn: number): Conversation {
  const { preface } = conversation;
  const turns = conversation.turns.slice(0, turn);
  const sent = turns.filter(isAnswered).length;
  return {
    ...conversation,
    turns,
    preface: preface === null || sent === 0 || sent < preface.start ? null : preface,
  };
}

/** The conversation after an image, or a folder above it, was renamed or moved; the same object if it has none of them. */
export function withRenamed(conversation: Conversation, from: string, to: string): Conversation {
  const files = conversation.files.map((file) => renamed(file, from, to));
  const isSame = files.every((file, index) => file === conversation.files[index]);
  return isSame ? conversation : { ...conversation, files };
}

/** A path, or what stands for an image in a note, after a file or a folder above it was renamed or moved. */
export function renamed(path: string, from: string, to: string): string {
  if (path === from) return to;
  const isInside = path.startsWith(`${from}/`) || noteOfInline(path) === from;
  return isInside ? to + path.slice(from.length) : path;
}
