import type { PixelRegion } from '../../ports.ts';
import type { ImageRecognizers } from '../../recognition/image-recognizers.ts';

/**
 * Has a model look at an image, or at a part of it at full resolution.
 * @param question what it should tell; '' for what it shows
 * @throws NotesightError every code of images, of a server or model
 */
export type Look = (
  file: string,
  region: PixelRegion | null,
  question: string,
  signal: AbortSignal,
) => Promise<string>;

/** An image of some note, with what is known of it. */
export interface FoundNoteImage {
  readonly note: string;
  /** Relative to the vault. */
  readonly file: string;
  readonly words: string;
}

/** A page of the web. */
export interface WebPage {
  readonly title: string;
  readonly url: string;
  /** What of it has to do with the query. */
  readonly content: string;
}

/** What a model that calls tools is given besides images and words; null for what this host doesn't have. */
export interface Toolbox {
  readonly recognizers: ImageRecognizers | null;
  readonly look: Look | null;
  /** Finds images of the vault's notes. @throws NotesightError */
  readonly searchNotes:
    ((query: string, limit: number, signal: AbortSignal) => Promise<readonly FoundNoteImage[]>) | null;
  /** The query leaves the machine: only where the user turned it on. @throws NotesightError every code of a server */
  readonly searchWeb: ((query: string, signal: AbortSignal) => Promise<readonly WebPage[]>) | null;
}
