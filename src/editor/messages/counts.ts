/** What became of the images of a batch. */
export interface CaptionCounts {
  readonly written: number;
  readonly kept: number;
  readonly failed: number;
  /** Written although part of the image was missing; left out for none. */
  readonly incomplete?: number;
}

/** What became of a batch that was undone. */
export interface UndoCounts {
  /** Notes in which something was taken back. */
  readonly notes: number;
  /** What was taken back: captions, summaries, and all places, such as a link to a summary. */
  readonly captions: number;
  readonly summaries: number;
  readonly undone: number;
  /** Places that no longer hold what was written. */
  readonly kept: number;
  /** Notes that could not be written. */
  readonly failed: number;
}

/** The sum over the notes of a batch. */
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
