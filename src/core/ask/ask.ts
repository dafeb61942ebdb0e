import { isCancelled, NotesightError } from '../errors.ts';
import type { Description } from '../model/image-description.ts';
import { noteName } from '../note/note-name.ts';
import { imageName } from '../note/inline-source.ts';
import { Answer, type AnswerEvent, answerInto } from './answer.ts';
import { fenced } from './ask-prompt.ts';
import type { AskImage, AskPorts, AskRequest } from './ask-request.ts';
import type { AttachedText } from './attached-text.ts';
import { choosePictures } from './choose-pictures.ts';
import { type AnswerEnd, type Conversation, type Picture, withFiles } from './conversation.ts';
import { noteText } from './note-text.ts';
import { createPictureLoader } from './picture-loader.ts';
import { messagesOf, type Plan, planRequest } from './plan-request.ts';
import { type AskTool, createAskTools } from './tools/ask-tools.ts';
import { CALL_LIMITS, createToolCaller } from './tools/tool-caller.ts';

export type AskEvent =
  /** The number of images that have been described so far. */
  | { readonly type: 'described'; readonly done: number; readonly total: number }
  /** How each image is sent. Images are identified by their numbers in the conversation's `files`. */
  | {
      readonly type: 'planned';
      readonly conversation: Conversation;
      readonly pictures: readonly Pick<Picture, 'image' | 'region'>[];
      readonly inWords: readonly number[];
      /** Images that had no room at all. */
      readonly left: readonly number[];
      /** Images that are not sent as pictures and have no description, or can't be read. */
      readonly missing: readonly number[];
      /** Images that could be neither described nor read, with the reason. */
      readonly unknown: ReadonlyMap<number, NotesightError>;
      /** The number of oldest turns that are only sent in short form. */
      readonly shortened: number;
      /** Estimated, including the longest answer; to compare with the whole context of the model. */
      readonly tokens: number;
    }
  | AnswerEvent
  | { readonly type: 'end'; readonly end: AnswerEnd; readonly conversation: Conversation };

/** Tokens: a smaller context has no room for both a few pictures and tool results. */
const MIN_CONTEXT_FOR_TOOLS = 6144;
/** UTF-16 units to send of the text in an image if a tool can read the rest. */
const BEGINNING_OF_TEXT = 160;

/**
 * Answers a question about images: describes those without a description, sends the few that matter as pictures and
 * the others as text, runs the tools that the model calls, and streams the answer. If the signal is aborted after the
 * beginning of the answer, that part is kept.
 * @throws NotesightError every code of a server or model, `question_too_long`, `cancelled`; for other notes
 * `note_missing` and `note_unreadable`; for the region also those of an image
 */
export async function* ask(
  request: AskRequest,
  before: Conversation,
  ports: AskPorts,
  signal: AbortSignal,
): AsyncGenerator<AskEvent> {
  const conversation = withFiles(before, request.files);
  const numberOf = (file: string) => conversation.files.indexOf(file) + 1;

  const attached = await readAttached(request, ports);
  const files = new Map(request.images.map(({ file }) => [numberOf(file), file]));
  const tools = toolsOf(ports, files);
  const { searchText, sentText, pending, errors } = yield* describeImages(
    request.images,
    ports,
    tools,
    signal,
  );
  const unknown = new Map([...errors].map(([file, error]) => [numberOf(file), error]));
  const lines = request.images.map(({ file }) => ({
    image: numberOf(file),
    words: sentText.get(file) ?? '',
  }));
  const loader = createPictureLoader(ports);
  const chosen = await choosePictures(
    request,
    { conversation, text: searchText, undescribed: pending },
    { ...ports, loader },
    signal,
  );
  const undescribed = new Set(pending.map(numberOf));
  const input = {
    conversation,
    question: request.question,
    note: request.note,
    attached,
    lines,
    undescribed,
    ...chosen,
  };
  const caller = createToolCaller(tools, ports.callLimits ?? CALL_LIMITS);

  let { contextLength } = ports.model;
  for (let attempt = 1; ; attempt++) {
    const offered = contextLength < MIN_CONTEXT_FOR_TOOLS ? [] : tools.map(({ offer }) => offer);
    const plan = planRequest({ ...input, contextLength, tools: offered });
    const event = planned(plan, conversation, { undescribed, unknown });
    const { missing } = event;
    yield event;
    const kept = conversation.turns.slice(plan.preface.start).flatMap((turn) => turn.pictures);
    for (const picture of kept) {
      const file = conversation.files[picture.image - 1];
      if (file !== undefined) await loader.loadAgain(picture, file, signal);
    }
    const answer = new Answer();
    try {
      yield* answerInto(
        answer,
        {
          ...plan,
          messagesWith: (rounds) => messagesOf(plan, conversation.turns, loader.bytesOf, rounds),
        },
        { chat: ports.model.chat, caller },
        signal,
      );
      yield { type: 'end', end: answer.end, conversation: withAnswer(conversation, plan, answer, missing) };
      return;
    } catch (error) {
      if (isCancelled(error) && answer.text !== '') {
        answer.end = 'stopped';
        yield { type: 'end', end: answer.end, conversation: withAnswer(conversation, plan, answer, missing) };
        return;
      }
      // The estimate was too low: try again with the context reduced by the ratio that the server reports, or by a
      // fixed factor.
      const overflow = error instanceof NotesightError && error.code === 'context_overflow';
      if (!overflow || attempt === MAX_ATTEMPTS) throw error;
      const { nPromptTokens, nCtx } = error.data;
      const ratio = Number(nCtx) / Number(nPromptTokens);
      contextLength = Math.floor(contextLength * (ratio < 1 ? ratio * 0.9 : 0.6));
    }
  }
}

async function readAttached(
  { selection, notes }: AskRequest,
  ports: Pick<AskPorts, 'notes'>,
): Promise<AttachedText[]> {
  const others = notes.map(async (path) => ({
    name: noteName(path),
    text: noteText(await ports.notes.read(path), [], () => 0),
  }));
  return [
    ...(selection === null ? [] : [{ name: null, text: selection.text }]),
    ...(await Promise.all(others)),
  ];
}

/** What is known about the images of a question, by file. */
interface ImageTexts {
  /** Everything that is known, used to find an image. */
  readonly searchText: ReadonlyMap<string, string>;
  /** The part of it that is sent. */
  readonly sentText: ReadonlyMap<string, string>;
  /** The images without a description. */
  readonly pending: readonly string[];
  /** Why images could not be described. */
  readonly errors: ReadonlyMap<string, NotesightError>;
}

async function* describeImages(
  images: readonly AskImage[],
  { describe }: AskPorts,
  tools: readonly AskTool[],
  signal: AbortSignal,
): AsyncGenerator<AskEvent, ImageTexts> {
  const canRead = tools.some(({ offer }) => offer.name === 'read_text');
  const searchText = new Map<string, string>();
  const sentText = new Map<string, string>();
  const pending: string[] = [];
  const errors = new Map<string, NotesightError>();
  for (const [index, image] of images.entries()) {
    signal.throwIfAborted();
    try {
      const description = await describe(image.file, signal);
      searchText.set(image.file, textOf(image, description));
      if (description === null) {
        pending.push(image.file);
        sentText.set(image.file, `(not described yet) ${textOf(image, null)}`);
      } else sentText.set(image.file, textOf(image, canRead ? withoutLongText(description) : description));
    } catch (error) {
      if (isCancelled(error) || !(error instanceof NotesightError)) throw error;
      errors.set(image.file, error);
      searchText.set(image.file, textOf(image, null));
      sentText.set(image.file, textOf(image, null));
    }
    yield { type: 'described', done: index + 1, total: images.length };
  }
  return { searchText, sentText, pending, errors };
}

/** How often to try a request if the server rejects it as too long. */
const MAX_ATTEMPTS = 3;

function toolsOf({ model, toolbox, images, codec }: AskPorts, files: ReadonlyMap<number, string>): AskTool[] {
  return toolbox === null || !model.canCallTools ? [] : createAskTools(toolbox, { images, codec, files });
}

function withAnswer(
  conversation: Conversation,
  { preface, turn }: Plan,
  answer: Answer,
  missing: readonly number[],
): Conversation {
  const { text, end, rounds, time } = answer;
  const done = { ...turn, answer: text, end, rounds, missing, time };
  return { ...conversation, preface, turns: [...conversation.turns, done] };
}

/** The images of a question that have no description, by their numbers. */
interface Undescribed {
  readonly undescribed: ReadonlySet<number>;
  /** Those that could not be read or described. */
  readonly unknown: ReadonlyMap<number, NotesightError>;
}

function planned(
  plan: Plan,
  conversation: Conversation,
  { undescribed, unknown }: Undescribed,
): Extract<AskEvent, { type: 'planned' }> {
  const { preface, turn, tokens, maxTokens, left } = plan;
  const sent = [...conversation.turns.slice(preface.start), turn];
  const shown = new Set(sent.flatMap(({ pictures }) => pictures.map(({ image }) => image)));
  const described = [...preface.told, ...sent.flatMap((each) => each.told)];
  return {
    type: 'planned',
    conversation,
    pictures: sent.flatMap(({ pictures }) => pictures),
    inWords: [...new Set(described)].filter((image) => !shown.has(image)),
    left,
    missing: [...undescribed, ...unknown.keys()].filter((image) => !shown.has(image)),
    unknown,
    shortened: preface.start,
    tokens: tokens + maxTokens,
  };
}

/** What is known about an image, on one line. */
function textOf({ file, alt }: AskImage, description: Description | null): string {
  if (description === null) return fenced(alt === '' ? imageName(file) : alt);
  const { alt: said, description: more, text } = description;
  const parts = [said === '' ? alt : said, more, text === '' ? '' : `Text in it: ${text}`];
  const line = fenced(parts.filter((part) => part !== '').join(' '));
  return line === '' ? fenced(imageName(file)) : line;
}

function withoutLongText(description: Description): Description {
  const { text } = description;
  if (text.length <= BEGINNING_OF_TEXT) return description;
  return { ...description, text: `${text.slice(0, BEGINNING_OF_TEXT).replace(/\s+\S*$/, '')}…` };
}
