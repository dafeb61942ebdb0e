import { isCancelled, NotesightError } from '../errors.ts';
import { noteLanguage, type NoteLanguage } from '../language/note-language.ts';
import { isBetterProvenance } from '../model/provenance.ts';
import type { EngineName } from '../model/vision-model.ts';
import type { ImageEmbed } from '../note/image-embed.ts';
import { imageSource } from '../note/image-source.ts';
import { shownTarget } from '../note/inline-source.ts';
import type { ListedImage } from '../note/list-images.ts';
import { isImage, listEmbeds } from '../note/list-images.ts';
import type { EmbedPlace } from '../note/note-context.ts';
import { readContext } from '../note/note-context.ts';
import type { VaultIndex } from '../note/resolve-image.ts';
import type { CaptionStyle } from '../note/write-caption.ts';
import type { DetectLanguage, NoteStore } from '../ports.ts';
import type { Journal } from '../storage/journal.ts';
import type { AgreedDetail, DetailOption, MeasuredEvent } from './agree-detail.ts';
import { agreeDetail } from './agree-detail.ts';
import { isOfParts } from './answer-version.ts';
import { type BatchStop, stopReasonOf } from './batch-stop.ts';
import type { DescribePorts, FileDescription } from './describe-file.ts';
import { createDescriber } from './describe-file.ts';
import { createDetailSurvey, type DetailOffer } from './detail-survey.ts';
import { createFineDetail } from './fine-detail.ts';
import { missingImage } from './missing-image.ts';
import { createOutage } from './outage.ts';
import { createSlots, mapAhead } from './pipeline.ts';
import type { ReadNote, WrittenNote } from './write-captions.ts';
import { planCaptions, unchanged, writeCaptions } from './write-captions.ts';

export interface CaptionOptions {
  /** Whether to write to the notes; otherwise the changes are only planned. */
  readonly write: boolean;
  /** Which images to describe. It is called only for images that can be read. */
  readonly wanted: (image: ListedImage, note: string) => boolean;
  readonly style: CaptionStyle;
  /** A code, or `auto` for the language of each note. */
  readonly language: string;
  /** The code to use if the language of a note is uncertain. */
  readonly fallbackLanguage: string;
  /** Whether to fetch remote images. */
  readonly remote: boolean;
  /** How many images to send to the model at once. */
  readonly concurrency: number;
  /** Whether to use answers from the log instead of running the model. */
  readonly useLog: boolean;
  /**
   * Which images to analyze in tiles too; null or omitted for none. `offer` analyzes none either, but reports at the
   * end which images would benefit.
   */
  readonly detail?: DetailOption | 'offer' | null;
  /** The `suspect` of the run that this one resumes. It is sent again only after another image succeeded. */
  readonly suspect?: string | null;
}

export interface CaptionPorts extends DescribePorts {
  readonly notes: NoteStore;
  readonly index: VaultIndex;
  readonly journal: Journal;
  readonly detectLanguage: DetectLanguage;
}

/**
 * What happened to an image: `written` to the note or `planned`; `kept` the alt text it had, or got from someone else
 * meanwhile; `skipped` because it is decorative, blank, remote, or computed by a site generator, or because the
 * embedded engine recognized nothing in it; `failed`.
 */
export type ImageStatus = 'written' | 'planned' | 'kept' | 'skipped' | 'failed';

export interface ImageResult {
  readonly note: string;
  /** As of when the note was read; null if the note itself failed. */
  readonly embed: ImageEmbed | null;
  /** Relative to the vault, or a URL; null if there is nothing to read. */
  readonly file: string | null;
  readonly status: ImageStatus;
  readonly alt: string;
  readonly engine: EngineName | null;
  readonly cached: boolean;
  /** Whether the file is truncated, so that part of the image was missing. */
  readonly incomplete: boolean;
  readonly error: NotesightError | null;
}

/** The first event: how much there is to do. */
interface FoundEvent {
  readonly type: 'found';
  readonly images: number;
  readonly wanted: number;
}

export type CaptionEvent =
  | FoundEvent
  | MeasuredEvent
  /** The model or the log answered for an image: the progress, and what a review needs. */
  | {
      readonly type: 'described';
      readonly file: string;
      readonly embed: ImageEmbed;
      readonly read: ReadNote;
      readonly outcome: Outcome;
    }
  | { readonly type: 'image'; readonly result: ImageResult }
  /** The language of a note is uncertain, so its images are described in the fallback language. */
  | { readonly type: 'language-assumed'; readonly note: string; readonly language: string }
  /** A note was written, or would be. */
  | { readonly type: 'note'; readonly note: string; readonly before: string; readonly after: string }
  /** The last event if `detail` is `offer`: some images have fine print that tiles would show to the model. */
  | { readonly type: 'detail-offer'; readonly offer: DetailOffer }
  | StoppedEvent;

/**
 * The last event of a batch that stopped early for a reason other than its signal. The remaining images have no
 * result; running the batch again continues with them.
 */
export interface StoppedEvent extends BatchStop {
  readonly type: 'stopped';
  /** How many of the wanted images are done, and how many remain. */
  readonly done: number;
  readonly left: number;
}

/**
 * Generates alt text for the images of notes: finds, loads, fits, and describes each image, then writes the result
 * back. It reports errors instead of throwing: a failure is a result like any other, and the batch continues. If the
 * signal is aborted, or all other images would fail in the same way (`StoppedEvent`), the current note is still
 * written with the finished alt text, and the rest is skipped. Alt text in the wrong language is never written, but
 * its `described` event contains it.
 * @param notes paths relative to the vault
 */
export async function* captionNotes(
  notes: readonly string[],
  options: CaptionOptions,
  ports: CaptionPorts,
  signal: AbortSignal,
): AsyncGenerator<CaptionEvent> {
  const { useLog, detail = null } = options;
  const agreed = detail === null || detail === 'offer' ? null : yield* agreeTiles(detail);
  const found = await countImages(notes, options, ports, agreed, signal);
  yield found;
  const measure = detail === 'offer' ? createFineDetail('auto', ports) : null;
  const survey = measure === null ? null : createDetailSurvey(measure);
  const batch = options.write ? await ports.journal.begin() : '';
  const concurrency = ports.model.atOnce ?? options.concurrency;
  const halt = new AbortController();
  const running = AbortSignal.any([signal, halt.signal]);
  const end: { stop: BatchStop | null } = { stop: null };
  let done = 0;

  function stopFor(stop: BatchStop): void {
    end.stop ??= stop;
    halt.abort(new NotesightError('cancelled', 'The batch stopped.'));
  }
  const outage = createOutage(options.suspect ?? null, stopFor, running);
  const describe = createDescriber(
    ports,
    { useLog, fineDetail: agreed?.fineDetail ?? null, survey, failFast: false, onAnswer: outage.answered },
    createSlots(concurrency),
  );

  async function* agreeTiles(tiles: DetailOption): AsyncGenerator<MeasuredEvent, AgreedDetail | null> {
    const files = await filesForTiles(notes, options, ports, signal);
    return yield* agreeDetail(tiles, files, useLog, ports, signal);
  }

  async function work(item: Item): Promise<Done> {
    if (item.type !== 'image') return item;
    const { job, listed, file } = item;
    try {
      running.throwIfAborted();
      const context = { language: job.language.code, ...job.contextOf(listed.embed) };
      const outcome = await outage.attempt(file, () => describe(file, context, running));
      return { type: 'described', file, outcome, job, listed };
    } catch (thrown) {
      const error = asNotesightError(thrown);
      const reason = stopReasonOf(error);
      if (reason !== null) stopFor({ reason, error, suspect: null });
      const outcome = halt.signal.aborted ? cancelled(error) : ofFile(error, file);
      return { type: 'described', file, outcome, job, listed };
    }
  }

  // Room for the images in progress, one prepared image behind each, and the ends of their notes between them.
  const window = concurrency * 2 + 2;
  for await (const item of mapAhead(itemsOf(notes, options, ports, agreed, running), window, work)) {
    switch (item.type) {
      case 'described':
        item.job.outcomes.set(item.listed.embed, item.outcome);
        if (!isCancelled(item.outcome)) {
          const { file, outcome, listed, job } = item;
          done++;
          yield { type: 'described', file, embed: listed.embed, read: job.read, outcome };
        }
        break;
      case 'end': {
        if (item.job.language.assumed && item.job.outcomes.size > 0) {
          yield { type: 'language-assumed', note: item.job.read.note, language: item.job.language.code };
        }
        const stop = yield* finishNote(item.job, batch, options, ports, running);
        if (stop === null) break;
        stopFor(stop);
        done -= [...item.job.outcomes.values()].filter((outcome) => !isCancelled(outcome)).length;
        break;
      }
      case 'unreadable':
        yield { type: 'image', result: noteFailure(item.note, item.error) };
        break;
    }
  }
  if (end.stop !== null && !signal.aborted)
    yield { type: 'stopped', ...end.stop, done, left: Math.max(0, found.wanted - done) };
  const offer = running.aborted ? null : ((await survey?.offer(concurrency)) ?? null);
  if (offer !== null) yield { type: 'detail-offer', offer };
}

/** The result of describing an image. */
export type Outcome = FileDescription | NotesightError;

interface NoteJob {
  readonly read: ReadNote;
  readonly language: NoteLanguage;
  readonly listed: readonly ListedImage[];
  readonly contextOf: (embed: ImageEmbed) => EmbedPlace;
  readonly outcomes: Map<ImageEmbed, Outcome>;
}

type Item =
  | { readonly type: 'image'; readonly job: NoteJob; readonly listed: ListedImage; readonly file: string }
  | { readonly type: 'end'; readonly job: NoteJob }
  | { readonly type: 'unreadable'; readonly note: string; readonly error: NotesightError };

type Done =
  | Exclude<Item, { type: 'image' }>
  | {
      readonly type: 'described';
      readonly job: NoteJob;
      readonly listed: ListedImage;
      readonly file: string;
      readonly outcome: Outcome;
    };

/** The images to describe, note by note, each note followed by its end. */
async function* itemsOf(
  notes: readonly string[],
  options: CaptionOptions,
  ports: CaptionPorts,
  agreed: AgreedDetail | null,
  signal: AbortSignal,
): AsyncGenerator<Item> {
  for (const note of notes) {
    if (signal.aborted) return;
    let job: NoteJob;
    try {
      job = await openNote(note, options, ports, agreed);
    } catch (error) {
      yield { type: 'unreadable', note, error: asNotesightError(error) };
      continue;
    }
    for (const listed of job.listed) {
      const file = sourceToDescribe(listed, note, options);
      if (file !== null) yield { type: 'image', job, listed, file };
    }
    yield { type: 'end', job };
  }
}

async function openNote(
  note: string,
  options: CaptionOptions,
  ports: CaptionPorts,
  agreed: AgreedDetail | null,
): Promise<NoteJob> {
  const markdown = await ports.notes.read(note);
  const all = listWithOrigin(note, markdown, ports, (file) => agreed?.files.has(file) === true);
  const listed = all.filter(isImage);
  const wanted = listed.some((image) => sourceToDescribe(image, note, options) !== null);
  const embeds = all.map(({ embed }) => embed);
  const context = wanted ? readContext(markdown, note, embeds) : null;
  return {
    read: { note, markdown, embeds },
    language: noteLanguage(
      options.language,
      context?.text ?? '',
      ports.detectLanguage,
      options.fallbackLanguage,
    ),
    listed,
    contextOf: context === null ? NO_CONTEXT : (embed) => context.around(embed),
    outcomes: new Map(),
  };
}

/**
 * The embeds of a note, including embeds of other notes. Alt text counts as missing if a model wrote it without
 * seeing the image, or after seeing it downscaled, and a better one can be generated.
 */
function listWithOrigin(
  note: string,
  markdown: string,
  { index, log, model }: CaptionPorts,
  needsTiles: (file: string) => boolean,
): ListedImage[] {
  return listEmbeds(note, markdown, index).map((listed) => {
    const { lack, embed, image } = listed;
    const file = imageSource(image, true);
    const answer =
      lack !== null || embed.alt === '' || file === null ? undefined : log.answerWith(embed.alt, file);
    if (answer === undefined || file === null) return listed;
    if (isBetterProvenance(model.provenance, answer.provenance)) return { ...listed, lack: 'recognised' };
    const wasDownscaled = answer.provenance === 'vision' && !isOfParts(answer.version);
    return wasDownscaled && needsTiles(file) ? { ...listed, lack: 'overview' } : listed;
  });
}

const NO_CONTEXT = () => ({ noteTitle: '', before: '', after: '' });

function sourceToDescribe(listed: ListedImage, note: string, options: CaptionOptions): string | null {
  const source = imageSource(listed.image, options.remote);
  return source !== null && options.wanted(listed, note) ? source : null;
}

async function countImages(
  notes: readonly string[],
  options: CaptionOptions,
  ports: CaptionPorts,
  agreed: AgreedDetail | null,
  signal: AbortSignal,
): Promise<FoundEvent> {
  let images = 0;
  let wanted = 0;
  const needsTiles = (file: string) => agreed?.files.has(file) === true;
  for await (const { note, listed } of listNotes(notes, ports, needsTiles, signal)) {
    images += listed.length;
    wanted += listed.filter((image) => sourceToDescribe(image, note, options) !== null).length;
  }
  return { type: 'found', images, wanted };
}

/** The files that would be described if each needed tiles. */
async function filesForTiles(
  notes: readonly string[],
  options: CaptionOptions,
  ports: CaptionPorts,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const files = new Set<string>();
  for await (const { note, listed } of listNotes(notes, ports, () => true, signal)) {
    for (const image of listed) {
      const file = sourceToDescribe(image, note, options);
      if (file !== null) files.add(file);
    }
  }
  return files;
}

/** Lists the images of the notes that can be read. A note that can't be read is reported when its turn comes. */
async function* listNotes(
  notes: readonly string[],
  ports: CaptionPorts,
  needsTiles: (file: string) => boolean,
  signal: AbortSignal,
): AsyncGenerator<{ readonly note: string; readonly listed: readonly ListedImage[] }> {
  for (const note of notes) {
    if (signal.aborted) return;
    const markdown = await ports.notes.read(note).catch(() => null);
    if (markdown === null) continue;
    yield { note, listed: listWithOrigin(note, markdown, ports, needsTiles).filter(isImage) };
  }
}

/**
 * Writes the alt text to the note, or plans it, and reports what happened to each image.
 * @returns why the batch stops if no note can be written; the images of this note then have no result
 */
async function* finishNote(
  job: NoteJob,
  batch: string,
  options: CaptionOptions,
  ports: CaptionPorts,
  signal: AbortSignal,
): AsyncGenerator<CaptionEvent, BatchStop | null> {
  const captions = [...job.outcomes].flatMap(([embed, outcome]) =>
    outcome instanceof NotesightError || outcome.description.wrongLanguage === true
      ? []
      : [{ embed, description: outcome.description }],
  );
  let written: WrittenNote;
  let error: NotesightError | null = null;
  try {
    written = options.write
      ? await writeCaptions(job.read, captions, batch, options.style, ports)
      : planCaptions(job.read, job.read.markdown, captions, options.style);
  } catch (failure) {
    error = asNotesightError(failure);
    const reason = stopReasonOf(error);
    if (reason !== null) return { reason, error, suspect: null };
    written = unchanged(job.read);
  }
  for (const listed of job.listed) {
    const result = resultOf(listed, job, written, error, options, ports.model.engine);
    if (result?.error?.code === 'image_missing' && result.file === null) {
      const why = await missingImage(listed.embed.target, job.read.note, ports.images, signal);
      yield { type: 'image', result: { ...result, error: why } };
    } else if (result !== null) yield { type: 'image', result };
  }
  if (written.after !== written.before) {
    yield { type: 'note', note: job.read.note, before: written.before, after: written.after };
  }
  return null;
}

function resultOf(
  listed: ListedImage,
  job: NoteJob,
  written: WrittenNote,
  writeError: NotesightError | null,
  options: CaptionOptions,
  engine: EngineName,
): ImageResult | null {
  const { embed, image } = listed;
  const { note } = job.read;
  const base = { note, embed, alt: embed.alt, engine: null, cached: false, incomplete: false, error: null };
  const outcome = job.outcomes.get(embed);
  const file = imageSource(image, options.remote);
  if (file === null) {
    if (!options.wanted(listed, note)) return { ...base, file: null, status: 'kept' };
    const failed = image.kind === 'missing' || image.kind === 'outside';
    const error = failed || image.kind === 'remote' ? unreadImage(image.kind, embed, note) : null;
    return { ...base, file: null, status: failed ? 'failed' : 'skipped', error };
  }
  const at = { ...base, file };
  if (outcome === undefined) return { ...at, status: 'kept' };
  if (outcome instanceof NotesightError) {
    // A stop by the user is neither a success nor a failure.
    if (outcome.code === 'cancelled') return null;
    // Neither is a failure: a photo without anything that a recognizer detects, or an image used as a spacer.
    const nothing = outcome.code === 'nothing_recognised' || outcome.code === 'image_blank';
    const status = nothing ? 'skipped' : 'failed';
    return { ...at, engine, status, error: outcome };
  }
  const { description, cached } = outcome;
  const facts = { ...at, engine, cached, incomplete: description.incomplete === true };
  if (description.wrongLanguage === true) {
    const data = { path: file, language: job.language.code };
    const error = new NotesightError('wrong_language', `${file}: not in ${job.language.code}`, { data });
    return { ...facts, alt: description.alt, status: 'failed', error };
  }
  if (writeError !== null) return { ...facts, status: 'failed', error: writeError };
  const reworded = written.reworded.get(embed);
  if (reworded !== undefined) return { ...facts, alt: reworded, status: 'kept' };
  if (written.gone.has(embed)) {
    const error = new NotesightError('embed_gone', `${shownTarget(embed.target)} is no longer in ${note}`, {
      data: { path: note },
    });
    return { ...facts, alt: description.alt, status: 'failed', error };
  }
  if (description.decorative) return { ...facts, alt: '', status: 'skipped' };
  return { ...facts, alt: description.alt, status: options.write ? 'written' : 'planned' };
}

const UNREAD = { missing: 'image_missing', outside: 'image_outside_vault', remote: 'image_remote' } as const;

function unreadImage(kind: keyof typeof UNREAD, embed: ImageEmbed, note: string): NotesightError {
  const data = { path: embed.target };
  return new NotesightError(UNREAD[kind], `${embed.target} of ${note}: ${kind}`, { data });
}

function noteFailure(note: string, error: NotesightError): ImageResult {
  return {
    note,
    embed: null,
    file: null,
    status: 'failed',
    alt: '',
    engine: null,
    cached: false,
    incomplete: false,
    error,
  };
}

/** Adds the file to an error: the code that decodes bytes doesn't know the file name. */
function ofFile(error: NotesightError, file: string): NotesightError {
  return new NotesightError(error.code, error.message, { data: { path: file, ...error.data }, cause: error });
}

/** Any other error is a bug or the platform's own error for a stop. */
function asNotesightError(error: unknown): NotesightError {
  if (error instanceof NotesightError) return error;
  if (isCancelled(error)) return cancelled(error);
  throw error;
}

function cancelled(cause: unknown): NotesightError {
  return new NotesightError('cancelled', 'stopped', { cause });
}
