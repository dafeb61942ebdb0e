import * as z from 'zod/mini';
import { withoutTokens } from '../answer/control-tokens.ts';
import { altFault } from '../describe/alt-text-fault.ts';
import { isStorageFull } from '../error-kinds.ts';
import { NotesightError } from '../errors.ts';
import type { Description } from '../model/image-description.ts';
import { type Provenance, PROVENANCES } from '../model/provenance.ts';
import type { EngineName } from '../model/vision-model.ts';
import type { LineFile } from '../ports.ts';
import { oneLine } from '../text/one-line.ts';
import { parseLine } from './parse-line.ts';

/** The key of an answer: the image by its bytes, and everything that affects the answer. */
export interface CaptionKey {
  /** SHA-256 of the bytes of the image file. */
  readonly fingerprint: string;
  readonly engine: EngineName;
  readonly model: string;
  /** ISO 639-1 code of the language of the answer. */
  readonly language: string;
  readonly provenance: Provenance;
  /** Version of the prompts and rules. */
  readonly version: number | string;
}

/** A cached answer about an image. */
export interface CaptionRecord extends CaptionKey, Description {
  /** Time of the answer, ISO 8601, UTC. */
  readonly at: string;
  /** Paths of the image, relative to the vault, to find its answer without reading every file. */
  readonly files: readonly string[];
}

/** Caches answers by content hash, so that no image is sent twice. Never contains failures. */
export interface CaptionLog {
  /** @returns the last answer for the key, or undefined */
  get(key: CaptionKey): CaptionRecord | undefined;
  /** @returns the last answer about an image from any model in any language, or undefined */
  last(fingerprint: string): CaptionRecord | undefined;
  /** @returns the last answer about an image at this path, or undefined */
  at(file: string): CaptionRecord | undefined;
  /**
   * @returns the last answer with this alt text about the image at a path, or undefined. Answers about other
   * images don't count, because a person may have written the same alt text.
   */
  answerWith(alt: string, file: string): CaptionRecord | undefined;
  /** @returns the most common language of the answers, or null if there are none */
  usualLanguage(): string | null;
  /**
   * Caches an answer about the image at a path. Resolves when it is on disk.
   * @throws NotesightError `memory_unwritable`, `disk_full`
   */
  put(answer: CaptionKey & Description, file: string): Promise<void>;
  /** Adds a path of an image, if the log is writable. */
  saw(record: CaptionRecord, file: string): Promise<void>;
  /** Reads lines that other processes appended. @throws NotesightError `memory_unreadable` */
  refresh(): Promise<void>;
}

/** Minimum number of lines for a log to be compacted. */
const COMPACT_FROM = 1000;

const formatSchema = z.object({ v: z.literal(1) });
const captionSchema = z.object({
  fingerprint: z.string(),
  engine: z.enum(['ollama', 'openai', 'embedded']),
  model: z.string(),
  language: z.string(),
  version: z.union([z.number(), z.string()]),
  provenance: z.optional(z.enum(PROVENANCES)),
  alt: z.string(),
  description: z.string(),
  text: z.string(),
  tags: z.array(z.string()),
  decorative: z.boolean(),
  incomplete: z.optional(z.literal(true)),
  at: z.string(),
  files: z.optional(z.array(z.string())),
});

/** Maximum number of paths of an image. Older paths are dropped. */
const MAX_FILES = 20;

/**
 * Opens the caption log. First compacts it if more than half of its lines are stale: superseded by a later
 * line with the same key, or torn. Compacts only here, so that a batch never waits for it. Lines of unknown
 * form are ignored and kept. Answers that earlier versions accepted but this one rejects stay in the log but
 * are not returned.
 * @throws NotesightError `memory_unreadable`
 */
export async function openCaptionLog(file: LineFile): Promise<CaptionLog> {
  const records = new Map<string, CaptionRecord>();
  const lastOfImage = new Map<string, CaptionRecord>();
  const lastAt = new Map<string, CaptionRecord>();
  /** By image and alt text. */
  const lastWithAlt = new Map<string, CaptionRecord>();

  function remember(caption: CaptionRecord): void {
    records.set(keyOf(caption), caption);
    lastOfImage.set(caption.fingerprint, caption);
    for (const file of caption.files) lastAt.set(file, caption);
    lastWithAlt.set(altKey(caption.fingerprint, caption.alt), caption);
  }

  /** Checked on access, because most answers in a long log are never used. */
  const checked = new WeakMap<CaptionRecord, boolean>();
  function served(caption: CaptionRecord | undefined): CaptionRecord | undefined {
    if (caption === undefined) return undefined;
    const good = checked.get(caption) ?? isGood(caption);
    checked.set(caption, good);
    return good ? caption : undefined;
  }

  async function append(caption: CaptionRecord): Promise<void> {
    await file.append(JSON.stringify({ v: 1, ...caption }));
    remember(caption);
  }

  /** @returns the number of stale lines */
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
    get: (key) => served(records.get(keyOf(key))),
    last: (print) => served(lastOfImage.get(print)),
    at: (path) => served(lastAt.get(path)),
    usualLanguage() {
      const counts = new Map<string, number>();
      for (const { language } of lastOfImage.values()) counts.set(language, (counts.get(language) ?? 0) + 1);
      return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? null;
    },
    answerWith(alt, path) {
      const print = lastAt.get(path)?.fingerprint;
      return print === undefined ? undefined : lastWithAlt.get(altKey(print, alt));
    },
    async put({ alt, description, text, tags, decorative, incomplete, ...place }, path) {
      const { fingerprint, engine, model, language, provenance, version } = place;
      const key = { fingerprint, engine, model, language, provenance, version };
      const files = withFile(lastOfImage.get(fingerprint)?.files ?? [], path);
      const texts = { alt, description, text, tags, decorative, ...(incomplete && { incomplete }) };
      await append({ ...key, ...texts, at: new Date().toISOString(), files });
    },
    async saw(record, path) {
      if (lastAt.get(path)?.fingerprint === record.fingerprint) return;
      try {
        await append({ ...record, files: withFile(record.files, path) });
      } catch (error) {
        // Without the path the image is only harder to find; the log is still readable.
        if (!isUnwritable(error)) throw error;
      }
    },
    async refresh() {
      take(await file.read());
    },
  };
}

function altKey(fingerprint: string, alt: string): string {
  return `${fingerprint} ${oneLine(alt)}`;
}

function withFile(files: readonly string[], file: string): string[] {
  return [...files.filter((each) => each !== file), file].slice(-MAX_FILES);
}

function keyOf(key: CaptionKey): string {
  return JSON.stringify([key.fingerprint, key.engine, key.model, key.language, key.provenance, key.version]);
}

function parseCaption(line: string): CaptionRecord | 'foreign' | 'broken' {
  const json = parseLine(line);
  if (json === undefined) return 'broken';
  if (!formatSchema.safeParse(json).success) return 'foreign';
  const { success, data } = captionSchema.safeParse(json);
  if (!success) return 'foreign';
  const { incomplete, files = [], ...rest } = data;
  return { ...rest, ...provenanceOf(data), files, ...(incomplete && { incomplete }) };
}

/** Suffix of the version in answers of text-only models before answers had a provenance. */
const TEXT_ONLY_MARK = '~told';

/** Returns the provenance of an answer. Lines of earlier versions have no such field. */
function provenanceOf({
  engine,
  version,
  provenance,
}: z.infer<typeof captionSchema>): Pick<CaptionKey, 'provenance' | 'version'> {
  if (provenance !== undefined) return { provenance, version };
  if (engine === 'embedded') return { provenance: 'recognizers', version };
  const text = String(version);
  return text.endsWith(TEXT_ONLY_MARK)
    ? { provenance: 'text-only', version: text.slice(0, -TEXT_ONLY_MARK.length) }
    : { provenance: 'vision', version };
}

/** Whether an answer is valid. Results of recognizers always are, whatever the text in the image. */
function isGood({ engine, alt, decorative }: CaptionRecord): boolean {
  if (engine === 'embedded' || (decorative && alt === '')) return true;
  return altFault(alt, '') === null && withoutTokens(alt) === alt;
}

async function compact(file: LineFile): Promise<void> {
  try {
    await file.rewrite(withoutStale);
  } catch (error) {
    // A read-only log is still usable, only larger than necessary.
    if (!isUnwritable(error)) throw error;
  }
}

function isUnwritable(error: unknown): boolean {
  return error instanceof NotesightError && isStorageFull(error);
}

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
