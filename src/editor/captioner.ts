import type { DetailOption } from '../core/caption/agree-detail.ts';
import type {
  CaptionEvent,
  CaptionOptions,
  CaptionPorts,
  StoppedEvent,
} from '../core/caption/caption-notes.ts';
import { captionNotes } from '../core/caption/caption-notes.ts';
import type { FileDescription } from '../core/caption/describe-file.ts';
import { createDescriber } from '../core/caption/describe-file.ts';
import type { DetailOffer } from '../core/caption/detail-survey.ts';
import type { ImageResult } from '../core/caption/image-result.ts';
import type { UndoneNote } from '../core/caption/undo-batch.ts';
import { undoBatch } from '../core/caption/undo-batch.ts';
import { isCancelled, NotesightError } from '../core/errors.ts';
import { detectLanguage } from '../core/language/detect-language.ts';
import { fallbackLanguage } from '../core/language/language-code.ts';
import { refineAltText } from '../core/caption/refine-alt-text.ts';
import type { ReadNote } from '../core/caption/write-captions.ts';
import type { Description, Refinement } from '../core/model/image-description.ts';
import type { ImageEmbed } from '../core/note/image-embed.ts';
import { readContext } from '../core/note/note-context.ts';
import type { VisionModel } from '../core/model/vision-model.ts';
import { imagePrompt } from '../core/prompts/list-prompts.ts';
import type { ImageStore, MeasuringCodec, NoteStore, ReadLine, Recognizer } from '../core/ports.ts';
import { settingsFor } from '../core/settings/folder-rules.ts';
import type { Settings } from '../core/settings/settings.ts';
import type { CaptionLog } from '../core/storage/caption-log.ts';
import type { Claims } from '../core/storage/claims.ts';
import type { Journal } from '../core/storage/journal.ts';
import type { Progress } from './progress.ts';
import { sumProgress } from './progress.ts';
import type { BatchAnswer } from './status-text.ts';
import type { VaultFiles } from './vault-files.ts';

/** How a job that may take longer handles fine print. `agree` asks the user whether tiles are worth their cost. */
export interface Thorough extends Pick<DetailOption, 'agree'> {
  /** Whether the job is about one image. If so, the user is asked; a batch only reports what tiles would add. */
  readonly isSingle?: boolean;
}

/** The notes and images to caption, and how. */
export interface CaptionJob {
  /** Paths of notes. */
  readonly notes: readonly string[];
  readonly wanted: CaptionOptions['wanted'];
  /** Whether to write the notes; if false, answers are only reported as events. */
  readonly write: boolean;
  /** Whether to reuse answers from the log instead of querying the model. */
  readonly useLog: boolean;
  /**
   * Enables detailed analysis and the cross-check, as set in the settings, for jobs that may take longer than a
   * pasted image. `agree` asks the user whether detailed analysis is worth its cost. Null or omitted disables both.
   */
  readonly thorough?: Thorough | null;
  /** The prompt to use instead of the one in the settings, as stored there; omitted for that one. */
  readonly prompt?: string | undefined;
  /** See `CaptionOptions`. */
  readonly suspect?: string | null;
}

export interface CaptionerPorts {
  /** Language of the interface, such as `de` or `pt-BR`. */
  readonly locale: string;
  readonly settings: () => Settings;
  readonly openModel: (signal: AbortSignal) => Promise<VisionModel>;
  /** Opens another model on the same server, by its name. */
  readonly openNamed: (name: string, signal: AbortSignal) => Promise<VisionModel>;
  /** Opens the OCR recognizer used with a vision model; null if there is none. */
  readonly openReader: () => Promise<Recognizer<ReadLine> | null>;
  /** The embedded engine; null if it is not installed. */
  readonly openEmbedded: () => Promise<VisionModel | null>;
  readonly openVaultData: () => Promise<{
    readonly log: CaptionLog;
    readonly journal: Journal;
    readonly claims?: Claims;
  }>;
  readonly notes: NoteStore;
  readonly images: ImageStore;
  readonly codec: MeasuringCodec;
  readonly files: VaultFiles;
}

/** An image of a note with alt text that the user wants changed. */
export interface RefinedImage extends Refinement {
  readonly file: string;
  readonly read: ReadNote;
  readonly embed: ImageEmbed;
}

/** The outcome of a job. */
export interface JobEnd {
  readonly results: ImageResult[];
  /** Whether the user stopped it; the results then contain only the work completed before. */
  readonly stopped: boolean;
  /** What tiles would add; null if nothing. */
  readonly offer: DetailOffer | null;
  /** Why the job paused and can be resumed; null if it did not. */
  readonly pause: StoppedEvent | null;
}

/** Runs captioning jobs and reports their progress. */
export interface Captioner {
  /**
   * Runs a job. Failures of single images are part of the results.
   * @throws NotesightError if the whole job fails: no server, no model, no log; `cancelled`
   */
  run(job: CaptionJob, onEvent: (event: CaptionEvent) => void, signal?: AbortSignal): Promise<JobEnd>;
  /**
   * Describes an image without the context of a note.
   * @param language ISO 639-1 code
   * @throws NotesightError
   */
  describeFile(path: string, language: string, signal: AbortSignal): Promise<FileDescription>;
  /**
   * Writes the alt text of an image again as the user asks.
   * @throws NotesightError
   */
  refine(image: RefinedImage, signal: AbortSignal): Promise<string>;
  /** Undoes the last batch; null if there is none. */
  undo(): Promise<UndoneNote[] | null>;
  /** Stops all running jobs. Answers received so far are kept. */
  stop(): void;
  readonly progress: Progress | null;
  /** The progress of the jobs that write the notes. A review shows its own. */
  readonly writing: Progress | null;
  readonly ports: CaptionerPorts;
}

/** The progress of a running job. */
interface RunningJob {
  done: number;
  total: number;
  readonly startedAt: number;
  readonly answers: BatchAnswer[];
  readonly writes: boolean;
}

/**
 * @param onProgress called at every step and at the end
 * @param onDescribed called with the path of each image described by a model
 */
export function createCaptioner(
  ports: CaptionerPorts,
  onProgress: () => void,
  onDescribed: (path: string, description: Description) => void,
): Captioner {
  const running = new Set<RunningJob>();
  let controller = new AbortController();

  function count(progress: RunningJob, event: CaptionEvent): void {
    if (event.type === 'found') progress.total = event.wanted;
    if (event.type !== 'described') return;
    progress.done++;
    const answer = event.outcome instanceof NotesightError ? null : event.outcome;
    const cached = answer?.cached ?? false;
    progress.answers.push({ at: Date.now(), cached });
    if (answer !== null && !cached) onDescribed(event.file, answer.description);
  }

  return {
    ports,
    async run(job, onEvent, signal = new AbortController().signal) {
      const progress: RunningJob = {
        done: 0,
        total: 0,
        startedAt: Date.now(),
        answers: [],
        writes: job.write,
      };
      running.add(progress);
      onProgress();
      const results: ImageResult[] = [];
      let pause: StoppedEvent | null = null;
      let offer: DetailOffer | null = null;
      const both = AbortSignal.any([signal, controller.signal]);
      try {
        for await (const event of captionEvents(job, ports, both)) {
          count(progress, event);
          if (event.type === 'image') results.push(event.result);
          if (event.type === 'stopped') pause = event;
          if (event.type === 'detail-offer') offer = event.offer;
          onEvent(event);
          onProgress();
        }
        return { results, stopped: both.aborted, offer, pause };
      } catch (error) {
        if (isCancelled(error)) throw new NotesightError('cancelled', 'stopped', { cause: error });
        throw error;
      } finally {
        running.delete(progress);
        onProgress();
      }
    },
    async describeFile(path, language, signal) {
      const both = AbortSignal.any([signal, controller.signal]);
      const answer = await describeFile(path, language, ports, both);
      if (!answer.cached) onDescribed(path, answer.description);
      return answer;
    },
    refine: (image, signal) => refine(image, ports, AbortSignal.any([signal, controller.signal])),
    async undo() {
      const { journal } = await ports.openVaultData();
      const batch = await journal.lastBatch();
      if (batch === undefined) return null;
      const { notes } = ports;
      const undone: UndoneNote[] = [];
      for await (const note of undoBatch(batch.id, { notes, journal }, controller.signal)) undone.push(note);
      return undone;
    },
    stop() {
      controller.abort(new NotesightError('cancelled', 'stopped'));
      controller = new AbortController();
    },
    get progress() {
      return sumProgress([...running]);
    },
    get writing() {
      return sumProgress([...running].filter(({ writes }) => writes));
    },
  };
}

async function* captionEvents(
  job: CaptionJob,
  ports: CaptionerPorts,
  signal: AbortSignal,
): AsyncGenerator<CaptionEvent> {
  const { openModel, openVaultData, files, settings, ...rest } = ports;
  const general = settings();
  const { concurrency, remoteImages, prompts } = general;
  const { thorough = null } = job;
  const memory = await openVaultData();
  await memory.log.refresh();
  const model = await openModel(signal);
  const captionPorts: CaptionPorts = {
    ...rest,
    ...memory,
    model,
    reader: await ports.openReader(),
    second: thorough === null ? null : await openSecond(model, ports, signal),
    index: files.index(),
    detectLanguage,
  };
  const options: CaptionOptions = {
    language: (note) => settingsFor(general, note).language,
    fallbackLanguage: fallbackLanguage(memory.log.usualLanguage(), ports.locale),
    style: (note) => settingsFor(general, note).style,
    concurrency,
    remote: remoteImages,
    prompt: (note) => imagePrompt(job.prompt ?? settingsFor(general, note).altPrompt, prompts),
    write: job.write,
    useLog: job.useLog,
    wanted: job.wanted,
    suspect: job.suspect ?? null,
    detail: thorough === null ? null : detailOption(thorough, general),
  };
  yield* captionNotes(job.notes, options, captionPorts, signal);
}

/** An engine that only recognizes text and objects has no description to cross-check. */
async function openSecond(
  model: VisionModel,
  { settings, openNamed }: CaptionerPorts,
  signal: AbortSignal,
): Promise<VisionModel | null> {
  const { secondModel } = settings();
  const isOther = secondModel !== '' && secondModel !== model.name;
  return isOther && model.tasks !== null ? openNamed(secondModel, signal) : null;
}

function detailOption(
  { agree, isSingle = false }: Thorough,
  { fineDetail }: Settings,
): DetailOption | 'offer' | null {
  if (fineDetail === 'off') return null;
  if (fineDetail === 'offer' && !isSingle) return 'offer';
  return { choice: 'auto', agree: fineDetail === 'on' ? () => Promise.resolve(true) : agree };
}

async function describeFile(
  path: string,
  language: string,
  ports: CaptionerPorts,
  signal: AbortSignal,
): Promise<FileDescription> {
  const memory = await ports.openVaultData();
  await memory.log.refresh();
  const model = await ports.openModel(signal);
  const reader = await ports.openReader();
  const describe = createDescriber({ ...ports, ...memory, model, reader }, { useLog: true }, (run) => run());
  const settings = ports.settings();
  const prompt = imagePrompt(settingsFor(settings, path).altPrompt, settings.prompts);
  return describe(path, { language, noteTitle: '', before: '', after: '', prompt }, signal);
}

async function refine(
  { file, read, embed, alt, feedback }: RefinedImage,
  ports: CaptionerPorts,
  signal: AbortSignal,
): Promise<string> {
  const { markdown, note, embeds } = read;
  const model = await ports.openModel(signal);
  const chosen = settingsFor(ports.settings(), note).language;
  const fallback = chosen === 'auto' ? fallbackLanguage(null, ports.locale) : chosen;
  const language = detectLanguage(alt) ?? fallback;
  const context = { language, ...readContext(markdown, note, embeds).around(embed) };
  return refineAltText(file, { alt, feedback }, context, { ...ports, model }, signal);
}
