import * as z from 'zod/mini';
import { NotesightError } from '../errors.ts';
import { sightOf, type Sight } from '../model/sight.ts';
import type { Description, EngineName } from '../model/vision-model.ts';
import type { LineFile } from '../ports.ts';
import { oneLine } from '../note/one-line.ts';
import { parseLine } from './parse-line.ts';

/** Which answer is meant: the image by its bytes, and everything that decides what is said of it. */
export interface CaptionKey {
  /** SHA-256 of the image file's bytes. */
  readonly fingerprint: string;
  readonly engine: EngineName;
  readonly model: string;
  /** ISO 639-1 code of the language of the answer. */
  readonly language: string;
  /** Which prompts and rules made the answer. */
  readonly version: number | string;
}

/** What was told about an image. */
export interface CaptionRecord extends CaptionKey, Description {
  /** When, ISO 8601, UTC. */
  readonly at: string;
  /** Where the image was seen, paths relative to the vault: to find it without reading every file. */
  readonly files: readonly string[];
}

/** What was seen, so that no image is asked about twice. Failures are never put in. */
export interface CaptionLog {
  /** @returns the last answer for this key, or undefined */
  get(key: CaptionKey): CaptionRecord | undefined;
  /** @returns the last answer about an image, by any model and in any language, or undefined */
  last(fingerprint: string): CaptionRecord | undefined;
  /** @returns the last answer about an image that was seen at this path, or undefined */
  at(file: string): CaptionRecord | undefined;
  /**
   * How an alt text of the image at a path came about; `seen` where it is none that was given to this image: other people's
   * words may be the same by chance.
   */
  sightOf(alt: string, file: string): Sight;
  /**
   * Remembers an answer about the image at a path; it is on the disk when this resolves.
   * @throws NotesightError `memory_unwritable`, `disk_full`
   */
  put(answer: CaptionKey & Description, file: string): Promise<void>;
  /** Remembers that an image is at this path too, where that can be written. */
  saw(record: CaptionRecord, file: string): Promise<void>;
  /** Reads in what other processes appended. @throws NotesightError `memory_unreadable` */
  refresh(): Promise<void>;
}

/** A log shorter than this (in lines) is not worth compacting. */
const COMPACT_FROM = 1000;

const formatSchema = z.object({ v: z.literal(1) });
const captionSchema = z.object({
  fingerprint: z.string(),
  engine: z.enum(['ollama', 'openai', 'embedded']),
  model: z.string(),
  language: z.string(),
  version: z.union([z.number(), z.string()]),
  alt: z.string(),
  description: z.string(),
  text: z.string(),
  tags: z.array(z.string()),
  decorative: z.boolean(),
  at: z.string(),
  files: z.optional(z.array(z.string())),
});

/** An image that is copied more often is found at the last of its places. */
const MAX_FILES = 20;

/**
 * Opens the log of captions, compacting it first where more than half of it is stale: superseded by a later
 * line of the same key, or torn. Only opening compacts, so that a batch is never held up by it. Lines of a shape
 * that this version doesn't know are passed over, and survive compaction untouched.
 * @throws NotesightError `memory_unreadable`
 */
export async function openCaptionLog(file: LineFile): Promise<CaptionLog> {
  const records = new Map<string, CaptionRecord>();
  const lastOfImage = new Map<string, CaptionRecord>();
  const lastAt = new Map<string, CaptionRecord>();
  /** By image and alt text, those of who did not see it. */
  const unseen = new Map<string, Sight>();

  function remember(caption: CaptionRecord): void {
    records.set(keyOf(caption), caption);
    lastOfImage.set(caption.fingerprint, caption);
    for (const file of caption.files) lastAt.set(file, caption);
    const sight = sightOf(caption);
    if (sight !== 'seen') unseen.set(altKey(caption.fingerprint, caption.alt), sight);
  }

  async function append(caption: CaptionRecord): Promise<void> {
    await file.append(JSON.stringify({ v: 1, ...caption }));
    remember(caption);
  }

  /** @returns how many of the lines say nothing any more */
  function take(lines: readonly string[]): number {
    let stale = 0;
    for (const line of lines) {
      const caption = parseCaption(line);
      if (caption === 'broken') stale++;
      else if (caption !== 'foreign') {
        if (records.has(keyOf(caption))) stale++;
        remember(caption);
      }
    }
    return stale;
  }

  const lines = await file.read();
  const stale = take(lines);
  if (lines.length >= COMPACT_FROM && stale * 2 > lines.length) await compact(file);

  return {
    get: (key) => records.get(keyOf(key)),
    last: (print) => lastOfImage.get(print),
    at: (path) => lastAt.get(path),
    sightOf(alt, path) {
      const print = lastAt.get(path)?.fingerprint;
      return (print === undefined ? undefined : unseen.get(altKey(print, alt))) ?? 'seen';
    },
    async put(
      { fingerprint, engine, model, language, version, alt, description, text, tags, decorative },
      path,
    ) {
      const key = { fingerprint, engine, model, language, version };
      const files = withFile(lastOfImage.get(fingerprint)?.files ?? [], path);
      await append({ ...key, alt, description, text, tags, decorative, at: new Date().toISOString(), files });
    },
    async saw(record, path) {
      if (lastAt.get(path)?.fingerprint === record.fingerprint) return;
      try {
        await append({ ...record, files: withFile(record.files, path) });
      } catch (error) {
        // It is only harder to find: what may not be written can still be read.
        if (!isUnwritable(error)) throw error;
      }
    },
    async refresh() {
      take(await file.read());
    },
  };
}

const altKey = (fingerprint: string, alt: string): string => `${fingerprint} ${oneLine(alt)}`;

const withFile = (files: readonly string[], file: string): string[] =>
  [...files.filter((each) => each !== file), file].slice(-MAX_FILES);

const keyOf = (key: CaptionKey) =>
  JSON.stringify([key.fingerprint, key.engine, key.model, key.language, key.version]);

function parseCaption(line: string): CaptionRecord | 'foreign' | 'broken' {
  const json = parseLine(line);
  if (json === undefined) return 'broken';
  if (!formatSchema.safeParse(json).success) return 'foreign';
  const { success, data } = captionSchema.safeParse(json);
  return success ? { ...data, files: data.files ?? [] } : 'foreign';
}

async function compact(file: LineFile): Promise<void> {
  try {
    await file.rewrite(withoutStale);
  } catch (error) {
    // Where nothing may be written, the log can still be read; it is only larger than it need be.
    if (!isUnwritable(error)) throw error;
  }
}

const isUnwritable = (error: unknown): boolean =>
  error instanceof NotesightError && (error.code === 'memory_unwritable' || error.code === 'disk_full');

function withoutStale(lines: string[]): string[] {
  const seen = new Set<string>();
  const live = lines.toReversed().filter((line) => {
    const caption = parseCaption(line);
    if (typeof caption === 'string') return caption === 'foreign';
    const key = keyOf(caption);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return live.reverse();
}
