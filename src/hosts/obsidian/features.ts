import { Notice, TFile, TFolder, type App, type TAbstractFile } from 'obsidian';
import type { CaptionOptions, ImageResult } from '../../core/caption/caption-notes.ts';
import { imageSource } from '../../core/caption/image-source.ts';
import { listImages } from '../../core/caption/list-images.ts';
import { isCancelled, NotesightError } from '../../core/errors.ts';
import type { Explanation } from '../../core/explain.ts';
import { fingerprint } from '../../core/image/fingerprint.ts';
import type { CaptionRecord } from '../../core/memory/caption-log.ts';
import type { ImageEmbed } from '../../core/note/image-embed.ts';
import { needsAltText } from '../../core/note/needs-alt-text.ts';
import { resolveImage } from '../../core/note/resolve-image.ts';
import type { Settings } from '../../core/settings.ts';
import type { Captioner } from './captioner.ts';
import { imageExtension } from './image-extension.ts';
import { lacksWords } from './lacks-words.ts';
import type { PastedImage } from './pasted-images.ts';
import { ReviewModal } from './review-modal.ts';
import type { WaitingImages } from './waiting-images.ts';
import { wordlessImages } from './wordless-images.ts';
import type { Words } from './words/en.ts';

export interface FeaturePorts {
  readonly app: App;
  readonly captioner: Captioner;
  readonly waiting: WaitingImages;
  readonly words: Words;
  readonly explain: (error: NotesightError) => Explanation;
  readonly settings: () => Settings;
  /** Called when the list of what waits changes. */
  readonly onWaiting: () => void;
}

/** What a user can ask for, from the palette, a menu or the command line of Obsidian. */
export interface Features {
  /** @returns the results, or null where they are reviewed, nothing could be done or it was stopped; a notice tells */
  captionNotes(notes: readonly string[], wanted?: CaptionOptions['wanted']): Promise<ImageResult[] | null>;
  captionEmbed(note: TFile, embed: ImageEmbed): Promise<void>;
  /** Replaces the words that stand there, after a review. */
  describeAgain(note: TFile, embed: ImageEmbed): void;
  /** The images of the notes that embed this file. */
  captionFile(image: TFile): Promise<void>;
  captionAll(files: readonly TAbstractFile[]): Promise<void>;
  copyDescription(note: TFile, embed: ImageEmbed): Promise<void>;
  /** Captions what was pasted; where the server is down, it waits. */
  captionPasted(pasted: PastedImage): Promise<void>;
  resumeWaiting(): Promise<void>;
  undo(): Promise<void>;
  /** What the log has of an image file, by any model and in any language, the last one. */
  known(image: TFile): Promise<CaptionRecord | null>;
  imageOf(note: TFile, embed: ImageEmbed): TFile | null;
}

/** How often a pasted image's caption is tried again where note or image got another name meanwhile. */
const MAX_TRIES = 3;

const CHANGED_MEANWHILE: ReadonlySet<string> = new Set(['embed_gone', 'note_missing', 'image_missing']);
const SERVER_AWAY: ReadonlySet<string> = new Set(['server_down', 'server_busy', 'server_timeout']);

export function createFeatures(ports: FeaturePorts): Features {
  const { app, captioner, waiting, words, explain, settings } = ports;

  function tell(error: unknown): void {
    if (!(error instanceof NotesightError)) throw error;
    if (isCancelled(error)) return;
    const { message, advice } = explain(error);
    new Notice(`${message} ${advice}`, 10_000);
  }

  function countsOf(results: readonly ImageResult[]) {
    const count = (status: ImageResult['status']) =>
      results.filter((result) => result.status === status).length;
    return { written: count('written'), kept: count('kept'), failed: count('failed') };
  }

  function review(notes: readonly string[], wanted: CaptionOptions['wanted'], useLog: boolean): void {
    new ReviewModal(app, captioner, words, explain, { notes, wanted, useLog }, (written) => {
      if (written > 0) new Notice(words.notices.done({ written, kept: 0, failed: 0 }));
    }).open();
  }

  /** How many images of the notes would be described. */
  async function countWanted(notes: readonly string[], wanted: CaptionOptions['wanted']): Promise<number> {
    const index = captioner.ports.files.index();
    let count = 0;
    for (const note of notes) {
      const markdown = await captioner.ports.notes.read(note).catch(() => '');
      count += listImages(note, markdown, index).filter(
        (image) => imageSource(image.image, settings().remoteImages) !== null && wanted(image, note),
      ).length;
    }
    return count;
  }

  async function captionAndTell(
    notes: readonly string[],
    wanted: CaptionOptions['wanted'],
  ): Promise<ImageResult[] | null> {
    try {
      const count = await countWanted(notes, wanted);
      if (count === 0) {
        new Notice(words.notices.nothingToDo);
        return [];
      }
      const mode = settings().review;
      if (mode === 'always' || (mode === 'batches' && count > 1)) {
        review(notes, wanted, true);
        return null;
      }
      const results = await captioner.run({ notes, wanted, write: true, useLog: true }, () => undefined);
      tellResults(results);
      return results;
    } catch (error) {
      tell(error);
      return null;
    }
  }

  function tellResults(results: readonly ImageResult[]): void {
    const failed = results.filter(({ status }) => status === 'failed');
    const [first] = failed;
    const counts = countsOf(results);
    if (first?.error && counts.written === 0) tell(first.error);
    else new Notice(words.notices.done(counts));
  }

  function only(embed: ImageEmbed): CaptionOptions['wanted'] {
    return ({ embed: found }) => found.from === embed.from;
  }

  function imageOf(note: TFile, embed: ImageEmbed): TFile | null {
    const image = resolveImage(embed.target, embed.syntax, note.path, captioner.ports.files.index());
    return image.kind === 'file' ? app.vault.getFileByPath(image.path) : null;
  }

  async function tryPasted({ note, image }: PastedImage): Promise<NotesightError | null> {
    const wanted: CaptionOptions['wanted'] = (listed, path) =>
      listed.image.kind === 'file' &&
      listed.image.path === image.path &&
      lacksWords(settings())(listed, path);
    for (let attempt = 1; ; attempt++) {
      const results = await captioner.run(
        { notes: [note.path], wanted, write: true, useLog: true },
        () => undefined,
      );
      const error = results.find(({ status }) => status === 'failed')?.error ?? null;
      const there = [note, image].every(({ path }) => app.vault.getFileByPath(path) !== null);
      // It has another name or place now: the answer is in the log, and goes to where it stands now.
      if (error === null || !CHANGED_MEANWHILE.has(error.code) || !there || attempt === MAX_TRIES)
        return error;
    }
  }

  const features: Features = {
    captionNotes: (notes, wanted = lacksWords(settings())) => captionAndTell(notes, wanted),
    async captionEmbed(note, embed) {
      if (needsAltText(embed) === null) {
        new Notice(words.notices.hasWords);
        return;
      }
      const { kind } = resolveImage(embed.target, embed.syntax, note.path, captioner.ports.files.index());
      if (kind === 'remote' && !settings().remoteImages) {
        tell(
          new NotesightError('image_remote', `${embed.target} is remote`, { data: { path: embed.target } }),
        );
      } else await captionAndTell([note.path], only(embed));
    },
    describeAgain(note, embed) {
      review([note.path], only(embed), false);
    },
    async captionFile(image) {
      const { notes, wanted } = wordlessImages(image, app, captioner.ports.files, settings());
      await captionAndTell(notes, wanted);
    },
    async captionAll(files) {
      const notes = new Set<string>();
      for (const file of files) {
        if (file instanceof TFolder) for (const note of captioner.ports.files.notesIn(file)) notes.add(note);
        else if (file instanceof TFile && file.extension === 'md') notes.add(file.path);
      }
      if (notes.size > 0) await captionAndTell([...notes], lacksWords(settings()));
      for (const file of files)
        if (file instanceof TFile && imageExtension(file)) await features.captionFile(file);
    },
    async copyDescription(note, embed) {
      const image = imageOf(note, embed);
      const record = image === null ? null : await features.known(image);
      if (record === null) {
        new Notice(words.notices.notDescribed);
        return;
      }
      const parts = [record.description || record.alt, record.text].filter((part) => part !== '');
      await navigator.clipboard.writeText(parts.join('\n\n'));
      new Notice(words.notices.copied);
    },
    async captionPasted(pasted) {
      try {
        const error = await tryPasted(pasted);
        if (error !== null) throw error;
      } catch (error) {
        if (error instanceof NotesightError && SERVER_AWAY.has(error.code)) waiting.add(pasted);
        else tell(error);
      } finally {
        ports.onWaiting();
      }
    },
    async resumeWaiting() {
      for (const pasted of waiting.take()) await features.captionPasted(pasted);
    },
    async undo() {
      try {
        const undone = await captioner.undo();
        if (undone === null) {
          new Notice(words.notices.nothingToUndo);
          return;
        }
        const sum = (key: 'undone' | 'kept') => undone.reduce((total, note) => total + note[key], 0);
        new Notice(
          words.notices.undone({
            notes: undone.filter((note) => note.undone > 0).length,
            undone: sum('undone'),
            kept: undone.filter(({ error }) => error === null).reduce((total, { kept }) => total + kept, 0),
            failed: undone.filter(({ error }) => error !== null).length,
          }),
        );
      } catch (error) {
        tell(error);
      }
    },
    async known(image) {
      const { log } = await captioner.ports.openMemory();
      const bytes = new Uint8Array(await app.vault.readBinary(image));
      return log.last(await fingerprint(bytes)) ?? null;
    },
    imageOf,
  };
  return features;
}
