import { NotesightError } from '../errors.ts';
import type { EngineName } from '../model/vision-model.ts';
import type { ImageEmbed } from '../note/image-embed.ts';
import { imageSource } from '../note/image-source.ts';
import { shownTarget } from '../note/inline-source.ts';
import type { ListedImage } from '../note/list-images.ts';
import type { ImageSelection, NoteJob } from './image-finder.ts';
import type { WrittenNote } from './write-captions.ts';

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

/** What became of a note. */
export interface WriteResult {
  readonly written: WrittenNote;
  /** Why it could not be written; null for no error. */
  readonly error: NotesightError | null;
}

export interface ResultOptions extends Pick<ImageSelection, 'wanted' | 'remote'> {
  /** Whether changes are written or only planned. */
  readonly write: boolean;
  readonly engine: EngineName;
}

/** @returns null for an image whose description was stopped */
export function imageResult(
  listed: ListedImage,
  job: NoteJob,
  { written, error: writeError }: WriteResult,
  { remote, wanted, write, engine }: ResultOptions,
): ImageResult | null {
  const { embed, image } = listed;
  const { note } = job.read;
  const base = { note, embed, alt: embed.alt, engine: null, cached: false, incomplete: false, error: null };
  const outcome = job.outcomes.get(embed);
  const file = imageSource(image, remote);
  if (file === null) {
    if (!wanted(listed, note)) return { ...base, file: null, status: 'kept' };
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
  return { ...facts, alt: description.alt, status: write ? 'written' : 'planned' };
}

const UNREAD = { missing: 'image_missing', outside: 'image_outside_vault', remote: 'image_remote' } as const;

function unreadImage(kind: keyof typeof UNREAD, embed: ImageEmbed, note: string): NotesightError {
  const data = { path: embed.target };
  return new NotesightError(UNREAD[kind], `${embed.target} of ${note}: ${kind}`, { data });
}

/** The result for a note that can't be read. */
export function noteFailure(note: string, error: NotesightError): ImageResult {
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
