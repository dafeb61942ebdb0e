import type { PixelRegion } from '../../ports.ts';
import type { ImageRecognizers } from '../../recognition/image-recognizers.ts';

/**
 * Analyzes an image, or a region of it at full resolution, with a vision model.
 * @param question '' to describe the image
 * @throws NotesightError every code of images, of a server or model
 */
export type Look = (
  file: string,
  region: PixelRegion | null,
  question: string,
  signal: AbortSignal,
) => Promise<string>;

/** An image in some note, with what is known about it. */
export interface FoundNoteImage {
  readonly note: string;
  /** Relative to the vault. */
  readonly file: string;
  readonly text: string;
}

/** A web page. */
export interface WebPage {
  readonly title: string;
  readonly url: string;
  /** The part of it that is relevant to the query. */
  readonly content: string;
}

/** The tools of a host for models that support them; null for those that the host lacks. */
export interface Toolbox {
  readonly recognizers: ImageRecognizers | null;
  readonly look: Look | null;
  /**
   * Searches the images in the notes of the vault.
   * @throws NotesightError
   */
  readonly searchNotes:
    ((query: string, limit: number, signal: AbortSignal) => Promise<readonly FoundNoteImage[]>) | null;
  /**
   * Searches the web. The query leaves the machine, so this is available only if the user turned it on.
   * @throws NotesightError every code of a server
   */
  readonly searchWeb: ((query: string, signal: AbortSignal) => Promise<readonly WebPage[]>) | null;
}
