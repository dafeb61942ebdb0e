import * as z from 'zod/mini';
import type { Memento, Uri } from 'vscode';
import type { Summary } from '../../../core/summarize/summarize-note.ts';

const KEY = 'notesight.summaries';
/** Older ones are dropped when there are more. */
const MAX_KEPT = 20;

const strings = z.readonly(z.array(z.string()));
const schema = z.array(
  z.object({
    /** The URI of the note. */
    note: z.string(),
    summary: z.object({
      markdown: z.string(),
      shown: z.string(),
      images: z.int(),
      tags: strings,
      line: z.string(),
      language: z.string(),
      title: z.string(),
    }),
  }),
);

/** Summaries that were not written yet, by their notes. They outlast a restart. */
export interface KeptSummaries {
  of(note: Uri): Summary | null;
  keep(note: Uri, summary: Summary): void;
  drop(note: Uri): void;
}

export function createKeptSummaries(memento: Memento): KeptSummaries {
  const { success, data } = schema.safeParse(memento.get(KEY));
  const kept = new Map((success ? data : []).map(({ note, summary }) => [note, summary]));

  function save(): void {
    const stored = [...kept].map(([note, summary]) => ({ note, summary }));
    void memento.update(KEY, stored.length === 0 ? undefined : stored);
  }

  return {
    of: (note) => kept.get(note.toString()) ?? null,
    keep(note, summary) {
      kept.delete(note.toString());
      kept.set(note.toString(), summary);
      for (const oldest of [...kept.keys()].slice(0, -MAX_KEPT)) kept.delete(oldest);
      save();
    },
    drop(note) {
      if (kept.delete(note.toString())) save();
    },
  };
}
