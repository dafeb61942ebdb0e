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

/** Which answer is meant: the image by its bytes, and everything that decides what is said of it. */
export interface CaptionKey {
  /** SHA-256 of the image file's bytes. */
  readonly fingerprint: string;
  readonly engine: EngineName;
  readonly model: string;
  /** ISO 639-1 code of the language of the answer. */
  readonly language: string;
  readonly provenance: Provenance;
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
   * @returns the last answer that gave this alt text to the image at a path, or undefined where none did: a person's own
   * words for another image may be the same by chance
   */
  answerWith(alt: string, file: string): CaptionRecord | undefined;
  /** @returns the language that most answers are in, or null where there is none */
  usualLanguage(): string | null;
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

/** An image that is copied more often is found at the last of its places. */
const MAX_FILES = 20;

/**
 * Opens the log of captions, compacting it first where more than half of it is stale: superseded by a later
 * line of the same key, or torn. Only opening compacts, so that a batch is never held up by it. Lines of a shape
 * that this version doesn't know are passed over, and survive compaction untouched. Answers that an earlier version took, and this
 * one would not, stay in the log but are not served.
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

  /** Checked only when it is wanted: most of a long log never is. */
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
      const said = { alt, description, text, tags, decorative, ...(incomplete && { incomplete }) };
      await append({ ...key, ...said, at: new Date().toISOString(), files });
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
  JSON.stringify([key.fingerprint, key.engine, key.model, key.language, key.provenance, key.version]);

function parseCaption(line: string): CaptionRecord | 'foreign' | 'broken' {
  const json = parseLine(line);
  if (json === undefined) return 'broken';
  if (!formatSchema.safeParse(json).success) return 'foreign';
  const { success, data } = captionSchema.safeParse(json);
  if (!success) return 'foreign';
  const { incomplete, files = [], ...said } = data;
  return { ...said, ...provenanceOf(data), files, ...(incomplete && { incomplete }) };
}

/** Ended the version of a text-only model's answers before they had a provenance. */
const TEXT_ONLY_MARK = '~told';

/** Lines of earlier versions have no provenance of their own. */
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

/** What recognizers found is in their own words, whatever stands in the image. */
function isGood({ engine, alt, decorative }: CaptionRecord): boolean {
  if (engine === 'embedded' || (decorative && alt === '')) return true;
  return altFault(alt, '') === null && withoutTokens(alt) === alt;
}

async function compact(file: LineFile): Promise<void> {
  try {
    await file.rewrite(withoutStale);
  } catch (error) {
    // Where nothing may be written, the log can still be read; it is only larger than it need be.
    if (!isUnwritable(error)) throw error;
  }
}

const isUnwritable = (error: unknown): boolean => error instanceof NotesightError && isStorageFull(error);

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
