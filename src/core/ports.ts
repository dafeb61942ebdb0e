/**
 * What a host gives the core. Every path is relative to the vault, with `/` between its parts, as the file
 * system spells it. Every failure is a `NotesightError`; an aborted signal rejects with code `cancelled`.
 */

/** Notes as text. A leading BOM and the line endings are part of the text, so that offsets hold. */
export interface NoteStore {
  /** @throws NotesightError `note_missing`, `note_unreadable` (not UTF-8, not permitted) */
  read(path: string): Promise<string>;
  /**
   * Lets `change` compute the new text from the one that stands now and writes it in one step. `change` runs
   * again when somebody else wrote the note meanwhile; it returns null to leave the note as it is. It may take
   * its time, so that what is about to be written can be put down in the journal first.
   * @returns whether the note was written
   * @throws NotesightError `note_missing`, `note_unreadable`, `note_unwritable`, `disk_full`
   */
  update(path: string, change: (current: string) => string | null | Promise<string | null>): Promise<boolean>;
  /**
   * Removes a note that holds exactly this text, to the trash where the host has one.
   * @returns whether it was removed: not if it holds something else
   * @throws NotesightError `note_missing`, `note_unreadable`, `note_unwritable`
   */
  remove(path: string, text: string): Promise<boolean>;
}

/** Image files as bytes; where the user allows images on the web, also those, by their `http` address. */
export interface ImageStore {
  /**
   * @returns the file's bytes
   * @throws NotesightError `image_missing`, `image_in_icloud` (not on this device), `image_outside_vault` (a link leads
   * out), `image_unreadable`, `image_too_large` (more than MAX_IMAGE_BYTES)
   */
  read(path: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
}

/** Pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** A rectangle of an image, in pixels of the upright image; `x` and `y` are its upper left corner. */
export interface PixelRegion extends PixelSize {
  readonly x: number;
  readonly y: number;
}

/**
 * An image as a model gets it: upright, without transparency, no larger than it asked for. The background is white, or
 * dark if the image has light ink (`backgroundFor`).
 */
export interface FittedImage extends PixelSize {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: 'image/png' | 'image/jpeg';
  /** Set if the file ends too early and part of the image is missing; that part is white. */
  readonly incomplete?: true;
}

/** An image without its colours, upright and without transparency. */
export interface GreyImage extends PixelSize {
  /** One byte a pixel, row by row, 255 for white. */
  readonly pixels: Uint8Array;
  /** The upright size of the file's image, from which it may have been scaled. */
  readonly source: PixelSize;
}

/** Decodes and encodes images: sharp on Node, a canvas in a browser. */
export interface ImageCodec {
  /**
   * The same bytes and the same size give the same bytes again, so that a server's prompt cache hits.
   * @param size from the upright size of the source, or of the region, to the size to send
   * @param region the part to take, as far as it lies in the image; null for the whole
   * @throws NotesightError `image_unreadable`, `image_unsupported`, `image_too_large`, `image_blank`, `region_outside`,
   * `image_in_git_lfs` and `image_is_web_page` for a file that is none
   */
  fit(
    bytes: Uint8Array<ArrayBuffer>,
    size: (source: PixelSize) => PixelSize,
    signal: AbortSignal,
    region?: PixelRegion | null,
  ): Promise<FittedImage>;
}

/** A codec that also tells the pixels themselves. */
export interface MeasuringCodec extends ImageCodec {
  /**
   * The pixels of an image, to measure them.
   * @param size from the upright size of the source to the size that is wanted
   * @throws NotesightError as `fit`
   */
  grey(
    bytes: Uint8Array<ArrayBuffer>,
    size: (source: PixelSize) => PixelSize,
    signal: AbortSignal,
  ): Promise<GreyImage>;
}

/** A word that OCR read, with its confidence from 0 to 100. */
export interface ReadWord {
  readonly text: string;
  readonly confidence: number;
}

/** A line of text as it stands in an image. */
export interface ReadLine {
  readonly words: readonly ReadWord[];
  /** Of the line, in pixels of the image that was looked at. */
  readonly height: number;
}

/** Something that was recognised in an image: an object, or a face. */
export interface DetectedObject {
  /** The object's name in COCO, in English (`person`, `dining table`), or `face`. */
  readonly label: string;
  /** From 0 to 1. */
  readonly score: number;
  /** In pixels of the image that was looked at, whole within it. */
  readonly box: PixelRegion;
}

/** Looks at an image for things of one kind, on this machine and without a server. */
export interface Recognizer<Found> {
  /**
   * @returns what it found; for text the lines from top to bottom, noise among them
   * @throws NotesightError `image_unreadable` (also where it takes too long), `model_unloadable` (its data is missing
   * or broken)
   */
  look(image: FittedImage, signal: AbortSignal): Promise<readonly Found[]>;
}

/** Those that are there. */
export interface Recognizers {
  /** Reads text (OCR), in every language it knows. */
  readonly text: Recognizer<ReadLine>;
  /** Finds objects and faces. */
  readonly objects: Recognizer<DetectedObject>;
}

/** A file of lines that several processes may append to at once. Lines carry no line break. */
export interface LineFile {
  /**
   * @returns the whole lines, in order; a last line that a kill tore is left out; none where there is no file
   * @throws NotesightError `memory_unreadable`
   */
  read(): Promise<string[]>;
  /** Appends one whole line and has it on the disk when it resolves. @throws NotesightError `memory_unwritable`, `disk_full` */
  append(line: string): Promise<void>;
  /**
   * Replaces the lines by what `keep` makes of them; what others append meanwhile stays, at the end. A line
   * appended at that very moment may stand there twice. Where another process rewrites too, one of the two does.
   * @throws NotesightError `memory_unwritable`, `disk_full`
   */
  rewrite(keep: (lines: string[]) => string[]): Promise<void>;
}

/** @returns the code of the language a text is written in, as `detectLanguage` gives it, or null where that is not sure */
export type DetectLanguage = (text: string) => string | null;

/** HTTP as the platform gives it; an adapter adds the time limits. */
export type Fetch = typeof fetch;
