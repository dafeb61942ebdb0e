/** Counts of the images of a batch by outcome. */
export interface CaptionCounts {
  readonly written: number;
  readonly kept: number;
  readonly failed: number;
  /** Updated although part of the image was missing; omitted if there are none. */
  readonly incomplete?: number;
}

/** Counts of an undone batch. */
export interface UndoCounts {
  /** Notes in which something was undone. */
  readonly notes: number;
  /** What was undone: captions, summaries, and all edits, such as a link to a summary. */
  readonly captions: number;
  readonly summaries: number;
  readonly undone: number;
  /** Edits that were left alone because the text has changed since. */
  readonly kept: number;
  /** Notes that could not be written. */
  readonly failed: number;
}

/** Sums the counts over the notes of a batch. */
export function undoCounts(
  notes: readonly (Omit<UndoCounts, 'notes' | 'failed'> & { readonly error: unknown })[],
): UndoCounts {
  const written = notes.filter(({ error }) => error === null);
  const sum = (key: 'captions' | 'summaries' | 'undone' | 'kept') =>
    written.reduce((total, note) => total + note[key], 0);
  return {
    notes: written.filter(({ undone }) => undone > 0).length,
    captions: sum('captions'),
    summaries: sum('summaries'),
    undone: sum('undone'),
    kept: sum('kept'),
    failed: notes.length - written.length,
  };
}
