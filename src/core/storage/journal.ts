import * as z from 'zod/mini';
import { hasSectionMarker } from '../note/managed-section.ts';
import type { LineFile } from '../ports.ts';
import { parseLine } from './parse-line.ts';

/**
 * What an edit wrote: a caption, a summary, a link to a summary in another note, properties of the note, or a
 * new note with the summary.
 */
export type EditKind = 'caption' | 'summary' | 'link' | 'property' | 'note';

/** One edit of a note, with the data to undo it. */
export interface JournalEdit {
  /** The text before the edit. */
  readonly before: string;
  /** The text after the edit. */
  readonly after: string;
  /** UTF-16 offset of the text in the note when it was written. */
  readonly from: number;
  /** Omitted for captions and in journals of earlier versions; see `kindOf`. */
  readonly kind?: EditKind | undefined;
}

/** Returns the kind of an edit, including edits recorded by earlier versions. */
export function kindOf({ kind, after }: JournalEdit): EditKind {
  return kind ?? (hasSectionMarker(after) ? 'summary' : 'caption');
}

/** The edits of one note at one time (ISO 8601, UTC). */
export interface JournalEntry {
  readonly batch: string;
  readonly at: string;
  /** Path of the note, relative to the vault. */
  readonly note: string;
  readonly edits: readonly JournalEdit[];
}

/** The edits of one run of a command. */
export interface JournalBatch {
  readonly id: string;
  /** Time of the first edit (ISO 8601, UTC). */
  readonly at: string;
  /** Number of notes, and number of edits in all of them. */
  readonly notes: number;
  readonly edits: number;
  /** Number of edits that are captions and summaries. */
  readonly captions: number;
  readonly summaries: number;
  /** Whether all notes of the batch were undone. */
  readonly undone: boolean;
}

/**
 * Records edits so that they can be undone. An entry is recorded before its note is written: if the process
 * is killed in between, there may be an entry without its text but never a text without an entry.
 */
export interface Journal {
  /**
   * Begins a batch and deletes old ones. Deletes none while a batch is being written.
   * @returns a unique id, sortable by time
   * @throws NotesightError `memory_unreadable`, `memory_unwritable`, `disk_full`
   */
  begin(): Promise<string>;
  /**
   * Records edits before they are written to the note. Resolves when the record is on disk. @throws
   * NotesightError `memory_unwritable`, `disk_full`
   */
  record(batch: string, note: string, edits: readonly JournalEdit[]): Promise<void>;
  /** @returns the batches, newest first. @throws NotesightError `memory_unreadable` */
  batches(): Promise<JournalBatch[]>;
  /** @returns the newest batch with edits left to undo. @throws NotesightError `memory_unreadable` */
  lastBatch(): Promise<JournalBatch | undefined>;
  /**
   * @returns the edits of a batch left to undo, in the order they were written; undo them in reverse
   * @throws NotesightError `memory_unreadable`
   */
  entries(batch: string): Promise<JournalEntry[]>;
  /** Marks the edits of a note in this batch as undone, or as changed by a person since. */
  markUndone(batch: string, note: string): Promise<void>;
}

/** Number of batches kept, and number of batches from which old ones are deleted. */
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

/** Stores the journal in a file of lines. Reads the file on every call to include the lines of other processes. */
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

/** Returns the batches in the order they began. */
function group(lines: readonly string[]): Map<string, BatchLines> {
  const batches = new Map<string, BatchLines>();
  // A line appended while the file was being rewritten may occur twice but must not be undone twice.
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

/** Keeps lines of unknown form and removes torn ones. */
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
