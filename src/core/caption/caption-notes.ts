import { isCancelled, NotesightError } from '../errors.ts';
import type { ImagePrompt } from '../prompts/prompt.ts';
import type { ImageEmbed } from '../note/image-embed.ts';
import type { VaultIndex } from '../note/resolve-image.ts';
import type { CaptionStyle } from '../note/write-caption.ts';
import type { DetectLanguage, NoteStore } from '../ports.ts';
import type { Journal } from '../storage/journal.ts';
import type { UndoableNotes } from '../storage/undoable-notes.ts';
import type { AgreedDetail, DetailOption, MeasuredEvent } from './agree-detail.ts';
import { agreeDetail } from './agree-detail.ts';
import { type BatchStop, stopReasonOf } from './batch-stop.ts';
import { asNotesightError, cancelled } from './caption-errors.ts';
import type { DescribePorts, Describer } from './describe-file.ts';
import { createDescriber } from './describe-file.ts';
import { createDetailSurvey, type DetailOffer } from './detail-survey.ts';
import { createEarlyStop, type EarlyStop } from './early-stop.ts';
import { createFineDetail } from './fine-detail.ts';
import type { ImageItem, ImageSelection, NoteItem, NoteJob, Outcome } from './image-finder.ts';
import { createImageFinder } from './image-finder.ts';
import { imageResult, type ImageResult, noteFailure } from './image-result.ts';
import { missingImage } from './missing-image.ts';
import { createOutage, type Outage } from './outage.ts';
import { createSlots, mapAhead } from './pipeline.ts';
import type { ReadNote, WrittenNote } from './write-captions.ts';
import { planCaptions, unchanged, writeCaptions } from './write-captions.ts';

export interface CaptionOptions extends ImageSelection {
  /** Whether to write to the notes; otherwise the changes are only planned. */
  readonly write: boolean;
  /** What is written into a note. */
  readonly style: (note: string) => CaptionStyle;
  /** The user's prompt for the images of a note; null for the standard one, omitted for the standard one everywhere. */
  readonly prompt?: (note: string) => ImagePrompt | null;
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
  const agreed = yield* agreeTiles(notes, options, ports, signal);
  const finder = createImageFinder(options, ports, (file) => agreed?.files.has(file) === true);
  const found = await finder.count(notes, signal);
  yield { type: 'found', ...found };
  const measure = options.detail === 'offer' ? createFineDetail('auto', ports) : null;
  const survey = measure === null ? null : createDetailSurvey(measure);
  const batch = options.write ? await ports.journal.begin() : '';
  const concurrency = ports.model.atOnce ?? options.concurrency;
  const early = createEarlyStop(signal);
  const outage = createOutage(options.suspect ?? null, early.stopFor, early.signal);
  const describe = createDescriber(
    ports,
    {
      useLog: options.useLog,
      fineDetail: agreed?.fineDetail ?? null,
      survey,
      failFast: false,
      onAnswer: outage.answered,
    },
    createSlots(concurrency),
  );
  const describeItem = createItemDescriber({
    describe,
    outage,
    early,
    promptOf: options.prompt ?? (() => null),
  });
  let done = 0;

  // Room for the images in progress, one prepared image behind each, and the ends of their notes between them.
  const window = concurrency * 2 + 2;
  for await (const item of mapAhead(finder.items(notes, early.signal), window, describeItem)) {
    switch (item.type) {
      case 'described': {
        const { file, outcome, listed, job } = item;
        job.outcomes.set(listed.embed, outcome);
        if (isCancelled(outcome)) break;
        done++;
        yield { type: 'described', file, embed: listed.embed, read: job.read, outcome };
        break;
      }
      case 'end': {
        const { read, language, outcomes } = item.job;
        if (language.assumed && outcomes.size > 0) {
          yield { type: 'language-assumed', note: read.note, language: language.code };
        }
        const stop = yield* finishNote(item.job, options, { ...ports, batch }, early.signal);
        if (stop === null) break;
        early.stopFor(stop);
        done -= [...outcomes.values()].filter((outcome) => !isCancelled(outcome)).length;
        break;
      }
      case 'unreadable':
        yield { type: 'image', result: noteFailure(item.note, item.error) };
        break;
    }
  }
  if (early.stop !== null && !signal.aborted)
    yield { type: 'stopped', ...early.stop, done, left: Math.max(0, found.wanted - done) };
  const offer = early.signal.aborted ? null : ((await survey?.offer(concurrency)) ?? null);
  if (offer !== null) yield { type: 'detail-offer', offer };
}

type DescribedItem =
  | Exclude<NoteItem, ImageItem>
  | (Omit<ImageItem, 'type'> & { readonly type: 'described'; readonly outcome: Outcome });

interface BatchParts {
  readonly describe: Describer;
  readonly outage: Outage;
  readonly early: EarlyStop;
  readonly promptOf: (note: string) => ImagePrompt | null;
}

/** Creates a function that describes the images among the items; an error becomes the outcome. */
function createItemDescriber({
  describe,
  outage,
  early,
  promptOf,
}: BatchParts): (item: NoteItem) => Promise<DescribedItem> {
  return async (item) => {
    if (item.type !== 'image') return item;
    const { job, listed, file } = item;
    try {
      early.signal.throwIfAborted();
      const { embed } = listed;
      const prompt = promptOf(job.read.note);
      const context = { language: job.language.code, alt: embed.alt, prompt, ...job.contextOf(embed) };
      const outcome = await outage.attempt(file, () => describe(file, context, early.signal));
      return { ...item, type: 'described', outcome };
    } catch (thrown) {
      const error = asNotesightError(thrown);
      const reason = stopReasonOf(error);
      if (reason !== null) early.stopFor({ reason, error, suspect: null });
      return {
        ...item,
        type: 'described',
        outcome: early.stop === null ? ofFile(error, file) : cancelled(error),
      };
    }
  };
}

/** The tiles that the user agreed to; null for none. */
async function* agreeTiles(
  notes: readonly string[],
  options: CaptionOptions,
  ports: CaptionPorts,
  signal: AbortSignal,
): AsyncGenerator<MeasuredEvent, AgreedDetail | null> {
  const { detail = null, useLog } = options;
  if (detail === null || detail === 'offer') return null;
  const files = await createImageFinder(options, ports, () => true).files(notes, signal);
  return yield* agreeDetail(detail, files, { ...ports, log: useLog ? ports.log : null }, signal);
}

/**
 * Writes the alt text to the note, or plans it, and reports what happened to each image.
 * @returns why the batch stops if no note can be written; the images of this note then have no result
 */
async function* finishNote(
  job: NoteJob,
  options: CaptionOptions,
  ports: CaptionPorts & UndoableNotes,
  signal: AbortSignal,
): AsyncGenerator<CaptionEvent, BatchStop | null> {
  const captions = [...job.outcomes].flatMap(([embed, outcome]) =>
    outcome instanceof NotesightError || outcome.description.wrongLanguage === true
      ? []
      : [{ embed, description: outcome.description }],
  );
  const style = options.style(job.read.note);
  let written: WrittenNote;
  let error: NotesightError | null = null;
  try {
    written = options.write
      ? await writeCaptions(job.read, captions, style, ports)
      : planCaptions(job.read, job.read.markdown, captions, style);
  } catch (failure) {
    error = asNotesightError(failure);
    const reason = stopReasonOf(error);
    if (reason !== null) return { reason, error, suspect: null };
    written = unchanged(job.read);
  }
  for (const listed of job.listed) {
    const result = imageResult(listed, job, { written, error }, { ...options, engine: ports.model.engine });
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

/** Adds the file to an error: the code that decodes bytes doesn't know the file name. */
function ofFile(error: NotesightError, file: string): NotesightError {
  return new NotesightError(error.code, error.message, { data: { path: file, ...error.data }, cause: error });
}
