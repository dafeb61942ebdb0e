import * as z from 'zod/mini';
import { MAX_TITLE } from '../../../core/ask/conversation.ts';
import { MAX_IMAGE_BYTES } from '../../../core/image/limits.ts';
import { type ChatActions, type ChatState, MAX_QUESTION } from '../../../ui/chat/chat-state.ts';
import { type FromPageOf, pageMessageParser } from '../adapters/page-messages.ts';

/** A file dropped or pasted onto the panel. */
export interface SentFile {
  readonly name: string;
  /** MIME type. */
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Messages from the extension to the webview. */
export type ToPage =
  | { readonly type: 'state'; readonly state: ChatState }
  | { readonly type: 'focus' }
  /** A dropped file, with its substitute URL in the state. */
  | { readonly type: 'dropped'; readonly source: string; readonly file: SentFile };

const turn = z.int().check(z.minimum(0));
const number = z.int().check(z.minimum(1));
const question = z.string().check(z.maxLength(MAX_QUESTION));
const pixels = z.number().check(z.minimum(0));
const part = z.object({ x: pixels, y: pixels, width: pixels, height: pixels });
const file = z.object({
  name: z.string().check(z.maxLength(1000)),
  type: z.string().check(z.maxLength(100)),
  bytes: z.custom<Uint8Array<ArrayBuffer>>(
    (value) => value instanceof Uint8Array && value.byteLength <= MAX_IMAGE_BYTES,
  ),
});

/** The arguments of each action of the user in the webview. */
const SCHEMAS = {
  ask: z.tuple([question]),
  stop: z.tuple([]),
  askAgain: z.tuple([turn]),
  edit: z.tuple([turn, question]),
  copy: z.tuple([turn]),
  showSent: z.tuple([turn]),
  insert: z.tuple([turn, z.enum(['cursor', 'below']), z.enum(['plain', 'quote', 'callout'])]),
  switchVersion: z.tuple([turn, number]),
  startNew: z.tuple([]),
  rename: z.tuple([z.string().check(z.maxLength(MAX_TITLE))]),
  saveAsNote: z.tuple([]),
  chooseModel: z.tuple([]),
  openPast: z.tuple([number]),
  deletePast: z.tuple([number]),
  undo: z.tuple([]),
  usePrompt: z.tuple([z.string().check(z.maxLength(1000))]),
  setDraft: z.tuple([number, question]),
  setEdit: z.tuple([turn, question]),
  choose: z.tuple([z.array(number), z.boolean()]),
  chooseAtCursor: z.tuple([]),
  pin: z.tuple([number, z.boolean()]),
  addFiles: z.tuple([z.array(file)]),
  addFromVault: z.tuple([]),
  analyze: z.tuple([]),
  stopAnalysis: z.tuple([]),
  setRegion: z.tuple([number, z.nullable(part)]),
  includeNote: z.tuple([z.boolean()]),
  includeSelection: z.tuple([z.boolean()]),
  findNotes: z.tuple([z.string().check(z.maxLength(1000))]),
  includeOther: z.tuple([z.string().check(z.maxLength(10_000)), z.boolean()]),
  detectObjects: z.tuple([number]),
  stopDetection: z.tuple([]),
  reveal: z.tuple([number]),
  openLink: z.tuple([z.string().check(z.regex(/^https?:\/\//i), z.maxLength(10_000))]),
} satisfies Record<keyof ChatActions, z.ZodMiniType>;

/** Messages from the webview to the extension. */
export type FromPage = FromPageOf<typeof SCHEMAS>;

/** A validated message of the webview, or null if it is unknown. */
export const parseFromPage = pageMessageParser(SCHEMAS);
