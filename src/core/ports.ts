/**
 * The interfaces that a host implements for the core. Every path is relative to the vault, with `/` as the separator,
 * spelled as in the file system. Every failure is a `NotesightError`; an aborted signal rejects with code
 * `cancelled`.
 */

/** Notes as text. A leading BOM and the line endings are part of the text, so that offsets are valid. */
export interface NoteStore {
  /** @throws NotesightError `note_missing`, `note_unreadable` (not UTF-8, not permitted) */
  read(path: string): Promise<string>;
  /**
   * Computes the new text from the current one with `change`, and writes it in one step. If the note was written by
   * someone else meanwhile, `change` runs again. It returns null to leave the note unchanged. It may be async, so
   * that the edit can be added to the journal before it is written.
   * @returns whether the note was written
   * @throws NotesightError `note_missing`, `note_unreadable`, `note_unwritable`, `disk_full`
   */
  update(path: string, change: (current: string) => string | null | Promise<string | null>): Promise<boolean>;
  /**
   * Deletes a note if it has exactly this text, moving it to the trash if the host has one.
   * @returns whether it was deleted
   * @throws NotesightError `note_missing`, `note_unreadable`, `note_unwritable`
   */
  remove(path: string, text: string): Promise<boolean>;
}

/** Image files as bytes. If the user allows remote images, also those, by URL. */
export interface ImageStore {
  /**
   * @returns the file's bytes
   * @throws NotesightError `image_missing`, `image_in_icloud` (not on this device), `image_outside_vault` (a link leads
   * out), `image_unreadable`, `image_too_large` (more than MAX_IMAGE_BYTES)
   */
  read(path: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
}

/** In pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** A rectangle in an image, in pixels of the upright image; `x` and `y` are its upper left corner. */
export interface PixelRegion extends PixelSize {
  readonly x: number;
  readonly y: number;
}

/**
 * An image as a model gets it: upright, without transparency, and no larger than requested. The background is white,
 * or dark if the image has light ink (`backgroundFor`).
 */
export interface FittedImage extends PixelSize {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: 'image/png' | 'image/jpeg';
  /** Set if the file is truncated and part of the image is missing; that part is white. */
  readonly incomplete?: true;
}

/** A grayscale image, upright and without transparency. */
export interface GrayImage extends PixelSize {
  /** One byte per pixel, row by row; 255 is white. */
  readonly pixels: Uint8Array;
  /** The upright size of the original image before scaling. */
  readonly source: PixelSize;
}

/** Decodes and encodes images: sharp on Node, a canvas in a browser. */
export interface ImageCodec {
  /**
   * The result is deterministic for the same bytes and size, so that a server can reuse its prompt cache.
   * @param size maps the upright size of the source, or of the region, to the size to send
   * @param region the part of the image to use, clipped to the image; null for the whole image
   * @throws NotesightError `image_unreadable`, `image_unsupported`, `image_too_large`, `image_blank`,
   * `region_outside`, and, for a file that is not an image, `image_in_git_lfs` and `image_is_web_page`
   */
  fit(
    bytes: Uint8Array<ArrayBuffer>,
    size: (source: PixelSize) => PixelSize,
    signal: AbortSignal,
    region?: PixelRegion | null,
  ): Promise<FittedImage>;
}

/** A codec that also returns raw pixels. */
export interface MeasuringCodec extends ImageCodec {
  /**
   * The pixels of an image, for measurements.
   * @param size maps the upright size of the source to the requested size
   * @throws NotesightError as `fit`
   */
  gray(
    bytes: Uint8Array<ArrayBuffer>,
    size: (source: PixelSize) => PixelSize,
    signal: AbortSignal,
  ): Promise<GrayImage>;
}

/** A word that OCR read, with its confidence from 0 to 100. */
export interface ReadWord {
  readonly text: string;
  readonly confidence: number;
}

/** A line of text in an image. */
export interface ReadLine {
  readonly words: readonly ReadWord[];
  /** Of the line, in pixels of the recognized image. */
  readonly height: number;
}

/** A detection in an image: an object or a face. */
export interface DetectedObject {
  /** The object's name in COCO, in English (`person`, `dining table`), or `face`. */
  readonly label: string;
  /** From 0 to 1. */
  readonly score: number;
  /** In pixels of the recognized image, entirely within it. */
  readonly box: PixelRegion;
}

/** Recognizes one kind of content in an image, offline and without a server. */
export interface Recognizer<Found> {
  /**
   * @returns the detections; for text, the lines from top to bottom, including noise
   * @throws NotesightError `image_unreadable` (also if it takes too long), `model_unloadable` (its data is missing or
   * damaged)
   */
  look(image: FittedImage, signal: AbortSignal): Promise<readonly Found[]>;
}

/** The installed recognizers. */
export interface Recognizers {
  /** Reads text (OCR) in all supported languages. */
  readonly text: Recognizer<ReadLine>;
  /** Finds objects and faces. */
  readonly objects: Recognizer<DetectedObject>;
}

/** A file of lines that several processes may append to at once. Lines contain no line breaks. */
export interface LineFile {
  /**
   * @returns the complete lines, in order, without a last line that was cut off by a crash; empty if the file is
   * missing
   * @throws NotesightError `memory_unreadable`
   */
  read(): Promise<string[]>;
  /**
   * Appends a line; it is on disk when the promise resolves.
   * @throws NotesightError `memory_unwritable`, `disk_full`
   */
  append(line: string): Promise<void>;
  /**
   * Replaces the lines by the result of `keep`. Lines that others append meanwhile are kept, at the end. A line that
   * is appended at that very moment may be duplicated. If another process rewrites at the same time, one of the two
   * results is kept.
   * @throws NotesightError `memory_unwritable`, `disk_full`
   */
  rewrite(keep: (lines: string[]) => string[]): Promise<void>;
}

/** @returns the code of a text's language, as `detectLanguage` does, or null if it is uncertain */
export type DetectLanguage = (text: string) => string | null;

/** HTTP from the platform; adapters add time limits. */
export type Fetch = typeof fetch;
