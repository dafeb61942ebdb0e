import type { NotesightError } from '../errors.ts';
import { noteLanguage, type NoteLanguage } from '../language/note-language.ts';
import { isBetterProvenance } from '../model/provenance.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { ImageEmbed } from '../note/image-embed.ts';
import { imageSource } from '../note/image-source.ts';
import { isImage, listEmbeds, type ListedImage } from '../note/list-images.ts';
import { type EmbedPlace, readContext } from '../note/note-context.ts';
import type { VaultIndex } from '../note/resolve-image.ts';
import type { DetectLanguage, NoteStore } from '../ports.ts';
import type { CaptionLog } from '../storage/caption-log.ts';
import { includesTiles } from './answer-version.ts';
import { asNotesightError } from './caption-errors.ts';
import type { FileDescription } from './describe-file.ts';
import type { ReadNote } from './write-captions.ts';

/** Which images to describe, and in which language. */
export interface ImageSelection {
  /** Which images to describe. It is called only for images that can be read. */
  readonly wanted: (image: ListedImage, note: string) => boolean;
  /** A code for a note, or `auto` for the language of the note. */
  readonly language: (note: string) => string;
  /** The code to use if the language of a note is uncertain. */
  readonly fallbackLanguage: string;
  /** Whether to fetch remote images. */
  readonly remote: boolean;
}

export interface FinderPorts {
  readonly notes: NoteStore;
  readonly index: VaultIndex;
  readonly log: CaptionLog;
  readonly model: VisionModel;
  readonly detectLanguage: DetectLanguage;
}

/** The result of describing an image. */
export type Outcome = FileDescription | NotesightError;

/** A note whose images are described. */
export interface NoteJob {
  readonly read: ReadNote;
  readonly language: NoteLanguage;
  readonly listed: readonly ListedImage[];
  readonly contextOf: (embed: ImageEmbed) => EmbedPlace;
  readonly outcomes: Map<ImageEmbed, Outcome>;
}

/** An image to describe, with its note. */
export interface ImageItem {
  readonly type: 'image';
  readonly job: NoteJob;
  readonly listed: ListedImage;
  readonly file: string;
}

export type NoteItem =
  | ImageItem
  | { readonly type: 'end'; readonly job: NoteJob }
  | { readonly type: 'unreadable'; readonly note: string; readonly error: NotesightError };

/** Finds the images of notes. */
export interface ImageFinder {
  /** Counts the images, and those to describe. */
  count(
    notes: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly images: number; readonly wanted: number }>;
  /** The files to describe. */
  files(notes: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>>;
  /** The images to describe, note by note, each note followed by its end. */
  items(notes: readonly string[], signal: AbortSignal): AsyncGenerator<NoteItem>;
}

const NO_CONTEXT = () => ({ noteTitle: '', before: '', after: '', heading: '' });

/** @param needsTiles whether to analyze a file in tiles if it has not been yet */
export function createImageFinder(
  selection: ImageSelection,
  ports: FinderPorts,
  needsTiles: (file: string) => boolean,
): ImageFinder {
  function sourceToDescribe(listed: ListedImage, note: string): string | null {
    const source = imageSource(listed.image, selection.remote);
    return source !== null && selection.wanted(listed, note) ? source : null;
  }

  /** Lists the images of the notes that can be read. A note that can't be read is reported when its turn comes. */
  async function* listNotes(
    notes: readonly string[],
    signal: AbortSignal,
  ): AsyncGenerator<{ readonly note: string; readonly listed: readonly ListedImage[] }> {
    for (const note of notes) {
      if (signal.aborted) return;
      const markdown = await ports.notes.read(note).catch(() => null);
      if (markdown === null) continue;
      yield { note, listed: listWithOrigin({ note, markdown }, ports, needsTiles).filter(isImage) };
    }
  }

  async function openNote(note: string): Promise<NoteJob> {
    const markdown = await ports.notes.read(note);
    const all = listWithOrigin({ note, markdown }, ports, needsTiles);
    const listed = all.filter(isImage);
    const wanted = listed.some((image) => sourceToDescribe(image, note) !== null);
    const embeds = all.map(({ embed }) => embed);
    const context = wanted ? readContext(markdown, note, embeds) : null;
    const { language, fallbackLanguage } = selection;
    return {
      read: { note, markdown, embeds },
      language: noteLanguage(language(note), context?.text ?? '', ports.detectLanguage, fallbackLanguage),
      listed,
      contextOf: context === null ? NO_CONTEXT : (embed) => context.around(embed),
      outcomes: new Map(),
    };
  }

  return {
    async count(notes, signal) {
      let images = 0;
      let wanted = 0;
      for await (const { note, listed } of listNotes(notes, signal)) {
        images += listed.length;
        wanted += listed.filter((image) => sourceToDescribe(image, note) !== null).length;
      }
      return { images, wanted };
    },
    async files(notes, signal) {
      const files = new Set<string>();
      for await (const { note, listed } of listNotes(notes, signal)) {
        for (const image of listed) {
          const file = sourceToDescribe(image, note);
          if (file !== null) files.add(file);
        }
      }
      return files;
    },
    async *items(notes, signal) {
      for (const note of notes) {
        if (signal.aborted) return;
        let job: NoteJob;
        try {
          job = await openNote(note);
        } catch (error) {
          yield { type: 'unreadable', note, error: asNotesightError(error) };
          continue;
        }
        for (const listed of job.listed) {
          const file = sourceToDescribe(listed, note);
          if (file !== null) yield { type: 'image', job, listed, file };
        }
        yield { type: 'end', job };
      }
    },
  };
}

/**
 * The embeds of a note, including embeds of other notes. Alt text counts as missing if a model wrote it without
 * seeing the image, or after seeing it downscaled, and a better one can be generated, unless it is suppressed.
 */
function listWithOrigin(
  { note, markdown }: { readonly note: string; readonly markdown: string },
  { index, log, model }: FinderPorts,
  needsTiles: (file: string) => boolean,
): ListedImage[] {
  return listEmbeds(note, markdown, index).map((listed) => {
    const { altProblem, embed, image, suppressed } = listed;
    if (suppressed) return listed;
    const file = imageSource(image, true);
    const answer =
      altProblem !== null || embed.alt === '' || file === null ? undefined : log.answerWith(embed.alt, file);
    if (answer === undefined || file === null) return listed;
    if (isBetterProvenance(model.provenance, answer.provenance))
      return { ...listed, altProblem: 'recognised' };
    const wasDownscaled = answer.provenance === 'vision' && !includesTiles(answer.version);
    return wasDownscaled && needsTiles(file) ? { ...listed, altProblem: 'overview' } : listed;
  });
}
