import * as z from 'zod/mini';
import { hasSectionMarker } from '../note/managed-section.ts';
import type { LineFile } from '../ports.ts';
import { parseLine } from './parse-line.ts';

/**
 * What an edit wrote: a caption; a summary, a link to a summary in another note, lines of the note's properties, or a
 * whole new note that holds the summary.
 */
export type EditKind = 'caption' | 'summary' | 'link' | 'property' | 'note';

/** One edit of a note, with all it takes to undo it. */
export interface JournalEdit {
  /** The text that stood there. */
  readonly before: string;
  /** The text that stands there since. */
  readonly after: string;
  /** Where it stood when it was written, a UTF-16 offset in the note. */
  readonly from: number;
  /** Left out for a caption, and in journals of earlier versions: `kindOf` tells it. */
  readonly kind?: EditKind | undefined;
}

/** What an edit wrote, also where an earlier version recorded it. */
export function kindOf({ kind, after }: JournalEdit): EditKind {
  return kind ?? (hasSectionMarker(after) ? 'summary' : 'caption');
}

/** What was written into one note at one time (ISO 8601, UTC). */
export interface JournalEntry {
  readonly batch: string;
  readonly at: string;
  /** The note's path, relative to the vault. */
  readonly note: string;
  readonly edits: readonly JournalEdit[];
}

/** A batch: what one run of a command wrote. */
export interface JournalBatch {
  readonly id: string;
  /** When it first wrote (ISO 8601, UTC). */
  readonly at: string;
  /** How many notes it wrote, and how many edits in all of them. */
  readonly notes: number;
  readonly edits: number;
  /** How many of the edits are captions, and how many summaries. */
  readonly captions: number;
  readonly summaries: number;
  /** Whether every one of its notes was taken back. */
  readonly undone: boolean;
}

/**
 * What was written where, so that it can be undone. An entry is recorded before its note is written: a kill in
 * between leaves an entry whose text doesn't stand, never a text without an entry.
 */
export interface Journal {
  /**
   * Begins a batch. Old batches are forgotten here, never while one is being written.
   * @returns its id, unique and sortable by time
   * @throws NotesightError `memory_unreadable`, `memory_unwritable`, `disk_full`
   */
  begin(): Promise<string>;
  /** Records edits about to be written; on the disk when it resolves. @throws NotesightError `memory_unwritable`, `disk_full` */
  record(batch: string, note: string, edits: readonly JournalEdit[]): Promise<void>;
  /** @returns the batches, the newest first. @throws NotesightError `memory_unreadable` */
  batches(): Promise<JournalBatch[]>;
  /** @returns the newest batch of which something is left to undo. @throws NotesightError `memory_unreadable` */
  lastBatch(): Promise<JournalBatch | undefined>;
  /**
   * @returns what is left to undo of a batch, in the order it was written: to be undone from the last to the first
   * @throws NotesightError `memory_unreadable`
   */
  entries(batch: string): Promise<JournalEntry[]>;
  /** Records that a note's edits of this batch are settled: taken back, or overtaken by a person. */
  markUndone(batch: string, note: string): Promise<void>;
}

/** How many batches are kept when old ones are forgotten, and how many there must be for that to be worth it. */
const KEEP_BATCHES = 100;
const FORGET_FROM = 150;

const writtenSchema = z.object({
  v: z.literal(1),
  batch: z.string(),
  at: z.string(),
  note: z.string(),
  edits: z.array(
    z.object({
      before: z.string(),
      after: z.string(),
      from: z.number(),
      kind: z.optional(z.enum(['caption', 'summary', 'link', 'property', 'note'])),
    }),
  ),
});
const undoneSchema = z.object({
  v: z.literal(1),
  undone: z.string(),
  note: z.string(),
  at: z.string(),
});
const schema = z.union([writtenSchema, undoneSchema]);

interface BatchLines {
  readonly at: string;
  readonly entries: JournalEntry[];
  readonly undoneNotes: Set<string>;
}

/** The journal in a file of lines. It is read anew at each question, so that what other processes wrote counts. */
export function createJournal(file: LineFile): Journal {
  async function batches(): Promise<JournalBatch[]> {
    return [...group(await file.read())].map(([id, lines]) => summary(id, lines)).reverse();
  }

  return {
    async begin() {
      if (group(await file.read()).size >= FORGET_FROM) await file.rewrite(withoutOldBatches);
      return `${new Date().toISOString()}-${crypto.randomUUID().slice(0, 8)}`;
    },
    async record(batch, note, edits) {
      const shape = edits.map(({ before, after, from, kind }) => ({ before, after, from, kind }));
      await file.append(JSON.stringify({ v: 1, batch, at: new Date().toISOString(), note, edits: shape }));
    },
    batches,
    async lastBatch() {
      return (await batches()).find((batch) => !batch.undone);
    },
    async entries(batch) {
      const lines = group(await file.read()).get(batch);
      return lines?.entries.filter((entry) => !lines.undoneNotes.has(entry.note)) ?? [];
    },
    async markUndone(batch, note) {
      await file.append(JSON.stringify({ v: 1, undone: batch, note, at: new Date().toISOString() }));
    },
  };
}

/** The batches in the order they began. */
function group(lines: readonly string[]): Map<string, BatchLines> {
  const batches = new Map<string, BatchLines>();
  // A line appended while the file was being rewritten may stand there twice, and must not be undone twice.
  for (const line of new Set(lines)) {
    const record = schema.safeParse(parseLine(line));
    if (!record.success) continue;
    if ('undone' in record.data) batches.get(record.data.undone)?.undoneNotes.add(record.data.note);
    else {
      const { batch, at, note, edits } = record.data;
      const known = batches.get(batch) ?? { at, entries: [], undoneNotes: new Set() };
      known.entries.push({ batch, at, note, edits });
      batches.set(batch, known);
    }
  }
  return batches;
}

function summary(id: string, { at, entries, undoneNotes }: BatchLines): JournalBatch {
  const notes = new Set(entries.map((entry) => entry.note));
  const edits = entries.flatMap((entry) => entry.edits);
  const kinds = edits.map(kindOf);
  return {
    id,
    at,
    notes: notes.size,
    edits: edits.length,
    captions: kinds.filter((kind) => kind === 'caption').length,
    summaries: kinds.filter((kind) => kind === 'summary' || kind === 'note').length,
    undone: [...notes].every((note) => undoneNotes.has(note)),
  };
}

/** Lines of a shape that this version doesn't know stay; torn ones go. */
function withoutOldBatches(lines: string[]): string[] {
  const kept = new Set([...group(lines).keys()].slice(-KEEP_BATCHES));
  return lines.filter((line) => {
    const json = parseLine(line);
    if (json === undefined) return false;
    const record = schema.safeParse(json);
    if (!record.success) return true;
    return kept.has('undone' in record.data ? record.data.undone : record.data.batch);
  });
}
