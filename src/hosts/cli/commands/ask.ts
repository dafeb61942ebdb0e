import process from 'node:process';
import { type AskPorts, type AskRequest } from '../../../core/ask/ask-request.ts';
import { ask, type AskEvent } from '../../../core/ask/ask.ts';
import { NEW_CONVERSATION } from '../../../core/ask/conversation.ts';
import { type NoteImage, noteImages, textAround } from '../../../core/ask/note-images.ts';
import { noteText } from '../../../core/ask/note-text.ts';
import type { ImagePart } from '../../../core/ask/tools/image-part.ts';
import { createKnownDescriber } from '../../../core/caption/describe-known.ts';
import { detectLanguage } from '../../../core/language/detect-language.ts';
import { fallbackLanguage } from '../../../core/language/language-code.ts';
import { languageName } from '../../../core/language/language-name.ts';
import { imageName, shownSource } from '../../../core/note/inline-source.ts';
import { noteName } from '../../../core/note/note-name.ts';
import type { PixelRegion } from '../../../core/ports.ts';
import type { Prompt } from '../../../core/prompts/prompt.ts';
import { type PromptValues, renderPrompt } from '../../../core/prompts/render-prompt.ts';
import { rankImages } from '../../../core/search/rank-images.ts';
import { WEB_SEARCH_HOST } from '../../../core/servers/ollama/ollama-web-search.ts';
import { findReferences } from '../../../core/text/image-references.ts';
import { lineColumn } from '../../../core/text/line-column.ts';
import { pluralEn } from '../../../core/text/plural.ts';
import { openImageRecognizers } from '../../../node/open-image-recognizers.ts';
import { openVaultData } from '../../../node/open-vault-data.ts';
import { selectNotes } from '../../../node/select-notes.ts';
import { createSharpCodec } from '../../../node/sharp-codec.ts';
import { type AnswerWriter, createAnswerWriter } from '../answer-writer.ts';
import { chosenImages } from '../chosen-images.ts';
import { cliLocale } from '../cli-locale.ts';
import { openChat } from '../open-chat.ts';
import { openToolbox } from '../open-toolbox.ts';
import type { ExitCode } from '../output.ts';
import { errorJson, EXIT, errorText, print, printJson, say } from '../output.ts';
import { plainText } from '../plain-text.ts';
import { createProgress, type Progress } from '../progress.ts';
import type { SelectedVault } from '../select-vaults.ts';
import { usageError } from '../usage-error.ts';

export interface AskCommandOptions {
  /** Numbers of the images to include; empty for all. */
  readonly images: readonly number[];
  /** Paths of other notes to include. */
  readonly others: readonly string[];
  readonly region: PixelRegion | null;
  /** Whether tools are offered to a model that supports tool calls, and whether web search is among them. */
  readonly tools: boolean;
  readonly web: boolean;
  readonly hosts: readonly string[];
  readonly model: string | undefined;
  readonly json: boolean;
}

/** What is asked: a prompt, a question, or both. */
export interface CliQuestion {
  /** '' for none. */
  readonly question: string;
  readonly prompt: Pick<Prompt, 'text'> | null;
}

/** An image with the line of its first embed in the note. */
interface PlacedImage extends NoteImage {
  readonly line: number;
}

/** `notesight ask`: an answer about the images of a note. */
export async function askCommand(
  vaults: readonly SelectedVault[],
  question: CliQuestion,
  options: AskCommandOptions,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { vault, note } = theNote(vaults);
  const markdown = await vault.notes.read(note);
  const lineOf = lineColumn(markdown);
  const images = noteImages(
    { path: note, markdown },
    { language: 'auto', fallbackLanguage: fallbackLanguage(null, cliLocale()), remote: false },
    { index: vault.index, detectLanguage },
  ).map((image): PlacedImage => ({ ...image, line: lineOf(image.embed.from).line }));
  const notes = await otherNotes(vault, options.others);
  const request = { ...requestOf(question, images, { path: note, markdown, vault }, options), notes };

  const key = keyForWeb(options);
  const chat = await openChat(options, signal);
  say(chat.why);
  if (key !== null)
    say(
      chat.model.canCallTools
        ? LEAVES_FOR_WEB
        : `${chat.model.name} can't call tools, so it can't search the web.`,
    );
  const codec = createSharpCodec();
  const recognizers = openImageRecognizers({ images: vault.images, codec });
  try {
    const { log } = await openVaultData(vault);
    const contexts = new Map(images.map(({ file, context }) => [file, context]));
    const { describe } = createKnownDescriber({ images: vault.images, codec, log, model: chat.vision });
    const ports: AskPorts = {
      images: vault.images,
      codec,
      notes: vault.notes,
      model: chat.model,
      rank: rankImages,
      describe: (file, stop) => describe(file, contexts.get(file) ?? NO_CONTEXT, stop),
      toolbox: options.tools
        ? openToolbox({ vault, log, codec, recognizers, closeUp: chat.closeUp, key })
        : null,
    };
    return await show(ask(request, NEW_CONVERSATION, ports, signal), request, images, options.json);
  } finally {
    await Promise.all([chat.close(), recognizers.close()]);
  }
}

const LEAVES_FOR_WEB = `Web search queries leave this machine: they are sent to ${WEB_SEARCH_HOST}.`;

/** The API key for web search; null if it is disabled. @throws NotesightError `bad_usage` */
function keyForWeb({ tools, web }: AskCommandOptions): string | null {
  if (!web) return null;
  if (!tools) throw usageError("--web and --no-tools can't be combined");
  const key = (process.env['OLLAMA_API_KEY'] ?? '').trim();
  if (key === '') throw usageError('--web requires an ollama.com API key in OLLAMA_API_KEY');
  return key;
}

const NO_CONTEXT = { language: 'en', noteTitle: '', before: '', after: '' };

function theNote(vaults: readonly SelectedVault[]): { readonly vault: SelectedVault; readonly note: string } {
  const [vault, ...others] = vaults;
  const [note, ...more] = vault?.selected ?? [];
  if (vault === undefined || note === undefined || others.length > 0 || more.length > 0)
    throw usageError('`notesight ask` requires a single note');
  return { vault, note };
}

/** @throws NotesightError `bad_usage` if a path is not a note of the vault */
async function otherNotes({ root }: SelectedVault, paths: readonly string[]): Promise<string[]> {
  const notes = new Set<string>();
  for (const path of paths) {
    const [note] = await selectNotes(root, { files: [], notes: [], unreadable: [] }, [path]);
    if (note === undefined) throw usageError(`--with ${path} is a folder; name a note`);
    notes.add(note);
  }
  return [...notes];
}

function requestOf(
  { question, prompt }: CliQuestion,
  images: readonly NoteImage[],
  { vault, ...note }: { readonly path: string; readonly markdown: string; readonly vault: SelectedVault },
  options: AskCommandOptions,
): Omit<AskRequest, 'notes'> {
  if (question.trim() === '' && prompt === null) throw usageError('The question is empty');
  const asked = chosenImages(images, options.images, note.path, vault);
  const [first, ...others] = asked;
  if (options.region !== null && (first === undefined || others.length > 0))
    throw usageError('--region requires a single image: select it with --image');
  const prompted =
    prompt === null ? '' : renderPrompt(prompt.text, promptValues(first ?? images[0], note.path));
  return {
    question: [prompted, question].filter((text) => text.trim() !== '').join('\n'),
    files: images.map(({ file }) => file),
    images: asked.map(({ file, embed, context }) => ({
      file,
      alt: embed.alt,
      around: textAround(context),
      pinned: options.images.length > 0,
    })),
    note: noteText(note.markdown, images, (file) => images.findIndex((image) => image.file === file) + 1),
    selection: null,
    region:
      options.region === null || first === undefined ? null : { file: first.file, part: options.region },
  };
}

/** Values about an image are those of the first one. */
function promptValues(image: NoteImage | undefined, notePath: string): PromptValues {
  const context = image?.context;
  return {
    note: context?.noteTitle ?? noteName(notePath),
    heading: context?.heading ?? '',
    selection: '',
    alt: image?.embed.alt ?? '',
    language: languageName(context?.language ?? fallbackLanguage(null, cliLocale())),
    filename: image === undefined ? '' : imageName(image.file),
  };
}

async function show(
  events: AsyncIterable<AskEvent>,
  request: AskRequest,
  images: readonly PlacedImage[],
  json: boolean,
): Promise<ExitCode> {
  const progress = createProgress(process.stderr);
  const writer = createAnswerWriter();
  try {
    return await showEach(events, request, images, { json, progress, writer });
  } finally {
    writer.end();
  }
}

/** Where the events of an answer are shown. */
interface AskOutput {
  readonly json: boolean;
  readonly progress: Progress;
  readonly writer: AnswerWriter;
}

async function showEach(
  events: AsyncIterable<AskEvent>,
  request: AskRequest,
  images: readonly PlacedImage[],
  { json, progress, writer }: AskOutput,
): Promise<ExitCode> {
  for await (const event of events) {
    switch (event.type) {
      case 'described':
        progress.update(event.done, event.total, shownSource(request.images[event.done - 1]?.file ?? ''));
        break;
      case 'planned':
        progress.clear();
        if (json) printJson(plannedRow(event, images));
        else for (const line of plannedLines(event, images)) say(line);
        break;
      case 'call':
        if (json) printJson(callRow(event, images));
        else {
          writer.end();
          for (const line of callLines(event)) say(line);
        }
        break;
      case 'text':
        if (json) printJson(event);
        else writer.add(event.text);
        break;
      case 'restart':
        if (json) printJson(event);
        else writer.restart();
        break;
      case 'end': {
        const last = event.conversation.turns.at(-1);
        const answer = last?.answer ?? '';
        const named = [...new Set(findReferences(answer, images.length).flatMap((found) => found.images))];
        const rows = named.map((image) => ({
          image,
          file: images[image - 1]?.file,
          line: images[image - 1]?.line,
        }));
        if (json) printJson({ type: 'end', end: event.end, answer, images: rows, time: last?.time ?? null });
        else {
          writer.end();
          for (const { image, file, line } of rows)
            print(`[${image}] ${shownSource(file ?? '')}, line ${line}`);
          if (event.end !== 'done') say(ENDS[event.end]);
        }
        return event.end === 'stopped' ? EXIT.stopped : EXIT.done;
      }
    }
  }
  return EXIT.failed;
}

const ENDS = {
  stopped: 'Stopped.',
  length: 'The answer reached the maximum length.',
  looped: 'Stopped: the model was repeating itself.',
  unanswered: 'The model used all of its tool calls without giving an answer.',
} as const;

type Called = Extract<AskEvent, { type: 'call' }>;

function callRow({ index, call: { name, state, target, result } }: Called, images: readonly NoteImage[]) {
  const { image, part, words } = target;
  const file = image === null ? null : (images[image - 1]?.file ?? null);
  return {
    type: 'call',
    index,
    name,
    state,
    image,
    file,
    part,
    words,
    ...(state !== 'running' && { result }),
  };
}

/** One line when a tool call starts, or the reason when it fails. */
function callLines({ call: { name, state, target, result } }: Called): string[] {
  if (state === 'done') return [];
  if (state === 'failed') return [`  ${plainText(result).replace(/\s+/g, ' ')}`];
  const { image, part, words } = target;
  const parts = [
    plainText(name),
    image === null ? '' : `[${image}]${part === null ? '' : `, ${partInWords(part)}`}`,
    words === '' ? '' : JSON.stringify(plainText(words)),
  ];
  return [`Tool call: ${parts.filter((each) => each !== '').join(' ')}`];
}

function partInWords({ left, top, right, bottom }: ImagePart): string {
  return `${left}–${right}% from the left, ${top}–${bottom}% from the top`;
}

type Planned = Extract<AskEvent, { type: 'planned' }>;

function plannedRow(
  { pictures, inWords: asText, left, unknown, shortened, tokens }: Planned,
  images: readonly NoteImage[],
) {
  return {
    type: 'planned',
    pictures: pictures.map(({ image, region }) => ({ image, file: images[image - 1]?.file, region })),
    inWords: asText,
    left,
    unknown: [...unknown].map(([image, error]) => ({
      image,
      file: images[image - 1]?.file,
      error: errorJson(error),
    })),
    shortened,
    tokens,
  };
}

function plannedLines(
  { pictures, inWords: asText, left, unknown }: Planned,
  images: readonly NoteImage[],
): string[] {
  const names = pictures.map(
    ({ image, region }) =>
      `${region === null ? '' : 'a region of '}[${image}] ${shownSource(images[image - 1]?.file ?? '')}`,
  );
  const others =
    asText.length === 0
      ? ''
      : `, and ${pluralEn(asText.length, 'description', 'descriptions')} of other images`;
  return [
    ...[...unknown].map(([image, error]) => `[${image}] ${errorText(error)}`),
    names.length === 0
      ? `No images were sent to the model, only ${pluralEn(asText.length, 'description', 'descriptions')}.`
      : `Sent to the model: ${names.join(', ')}${others}.`,
    ...(left.length === 0
      ? []
      : [
          `${pluralEn(left.length, 'image does', 'images do')} not fit in the context window. Select the most important images with --image.`,
        ]),
  ];
}
