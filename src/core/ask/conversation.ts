import type { Generated, ToolCall } from '../model/chat-model.ts';
import { noteOfInline } from '../note/inline-source.ts';
import type { PixelRegion, PixelSize } from '../ports.ts';
import type { CallTarget } from './tools/ask-tools.ts';
import type { CallResult } from './tools/tool-caller.ts';

/** An image as it was sent to the model. */
export interface Picture {
  /** The number of the image in this conversation. */
  readonly image: number;
  /** The region that was sent, in pixels of the upright image; null for the whole image. */
  readonly region: PixelRegion | null;
  /** SHA-256 of the image file's bytes at that time. */
  readonly fingerprint: string;
  /** Its cost, in tokens. */
  readonly tokens: number;
  /** The size in pixels that the model got; null in conversations of earlier versions. */
  readonly size: PixelSize | null;
}

/**
 * How an answer ended: complete, at its length limit, stopped by the user, cut off because the model repeated itself,
 * or without any text because the model only called tools.
 */
export type AnswerEnd = 'done' | 'length' | 'stopped' | 'looped' | 'unanswered';

/** A tool call and its result, as sent to the model. */
export interface DoneCall extends ToolCall, CallResult {
  readonly target: CallTarget;
}

/** The calls that a model made at once before its answer. */
export interface CallRound {
  /** The text that came with the calls, shortened; usually empty. */
  readonly text: string;
  readonly calls: readonly DoneCall[];
  /** Whether the model was asked to answer after these calls. */
  readonly isLast: boolean;
}

/** The time that an answer took. */
export interface AnswerTime {
  /** Milliseconds from the first request to the end of the answer, including tool calls. */
  readonly milliseconds: number;
  /** What the server generated, including reasoning and calls; null if it does not report it. */
  readonly generated: Generated | null;
}

/** A question and its answer. */
export interface Turn {
  readonly question: string;
  readonly answer: string;
  readonly end: AnswerEnd;
  /** The text that the model got, byte for byte, so that a server can reuse its prompt cache. */
  readonly content: string;
  /** The pictures that were sent before the text. */
  readonly pictures: readonly Picture[];
  /** The numbers of the images that the text describes. */
  readonly told: readonly number[];
  /** The tool calls before the answer. */
  readonly rounds: readonly CallRound[];
  /** The numbers of the selected images that the answer could not consider: without a description, or unreadable. */
  readonly missing: readonly number[];
  /** null without an answer, and in conversations of earlier versions. */
  readonly time: AnswerTime | null;
}

/** What precedes the first of the turns that are sent: the images as text, and earlier turns in short form. */
export interface Preface {
  /** The index of the first turn that is sent in full, among the answered turns. */
  readonly start: number;
  readonly content: string;
  readonly told: readonly number[];
}

/**
 * A conversation about the images of a note. An image keeps its number throughout: its position in `files`, from 1.
 * It is a plain value that hosts store as JSON.
 */
export interface Conversation {
  /** Given by the user; '' for the first question. */
  readonly title: string;
  /** Paths relative to the vault. */
  readonly files: readonly string[];
  readonly turns: readonly Turn[];
  /** null before the first answer. */
  readonly preface: Preface | null;
  /** Other versions of turns that were regenerated or edited, with the turns that followed. */
  readonly branches: readonly Branch[];
}

/** Another version of a turn, with all turns that followed it. */
export interface Branch {
  /** The index of the turn. */
  readonly at: number;
  /**
   * Its position among the versions of that turn, from 0. The version in `Conversation.turns` has the remaining
   * position.
   */
  readonly version: number;
  readonly turns: readonly Turn[];
  readonly preface: Preface | null;
  /** The versions of its own later turns. */
  readonly branches: readonly Branch[];
}

export const NEW_CONVERSATION: Conversation = {
  title: '',
  files: [],
  turns: [],
  preface: null,
  branches: [],
};

/**
 * A question without an answer, or with only the beginning of one. It is displayed and stored, but never sent to a
 * model.
 */
export function unanswered(question: string, answer = ''): Turn {
  return {
    question,
    answer,
    end: 'stopped',
    content: '',
    pictures: [],
    told: [],
    rounds: [],
    missing: [],
    time: null,
  };
}

/** Whether a turn is part of what is sent to a model. */
export const isAnswered = ({ content }: Turn): boolean => content !== '';

/** UTF-16 units of a title. */
export const MAX_TITLE = 200;

/** The title of a conversation in a list: the user's, or its first question. */
export function titleOf({ title, turns }: Conversation): string {
  return title === '' ? titleFrom(turns[0]?.question ?? '') : title;
}

/** @param title '' returns to the first question */
export function withTitle(conversation: Conversation, title: string): Conversation {
  return { ...conversation, title: titleFrom(title) };
}

function titleFrom(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, MAX_TITLE);
}

/** Assigns numbers to the files that have none yet, in order. */
export function withFiles(conversation: Conversation, files: readonly string[]): Conversation {
  const known = new Set(conversation.files);
  const added = [...new Set(files)].filter((file) => !known.has(file));
  return added.length === 0 ? conversation : { ...conversation, files: [...conversation.files, ...added] };
}

/** The conversation before one of its turns, to ask that question again or another one. */
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

/**
 * The conversation after an image, or a folder above it, was renamed or moved; the same object if nothing changed.
 */
export function withRenamed(conversation: Conversation, from: string, to: string): Conversation {
  const files = conversation.files.map((file) => renamed(file, from, to));
  const isSame = files.every((file, index) => file === conversation.files[index]);
  return isSame ? conversation : { ...conversation, files };
}

/** A path, or the reference to an inline image in a note, after a file or a folder above it was renamed or moved. */
export function renamed(path: string, from: string, to: string): string {
  if (path === from) return to;
  const isInside = path.startsWith(`${from}/`) || noteOfInline(path) === from;
  return isInside ? to + path.slice(from.length) : path;
}
