import * as z from 'zod/mini';
import type { CaptionEvent, CaptionOptions, StoppedEvent } from '../core/caption/caption-notes.ts';
import type { JobEnd } from './captioner.ts';

const schema = z.object({
  /** What the user chose, such as files and folders, in the format of the host. */
  chosen: z.array(z.string()),
  done: z.number(),
  total: z.number(),
  /** Images that failed individually, by note and file. They are not retried when the batch is resumed. */
  failed: z.array(z.string()),
  /** See `CaptionOptions`. */
  suspect: z.nullable(z.string()),
});

/** A batch that has not finished. */
export type UnfinishedBatch = z.infer<typeof schema>;

/** Storage for the unfinished batch across restarts. */
export interface BatchStorage {
  load(): unknown;
  /** @param batch null if there is none */
  save(batch: UnfinishedBatch | null): void;
}

/** Tracks a running batch. */
export interface BatchRecord {
  onEvent(event: CaptionEvent): void;
  /** Call once when the batch ends. A paused batch is kept; any other is removed. */
  end(end: Pick<JobEnd, 'pause'>): void;
  /** Call instead of `end` if the batch could not start. A batch that was being resumed stays resumable. */
  giveUp(): void;
  /** Continues it after a pause. */
  resume(): void;
}

/**
 * The batch that is running, paused or was interrupted by a restart. There is at most one: the first that started.
 */
export interface UnfinishedBatches {
  /** Null while it is running. */
  readonly resumable: UnfinishedBatch | null;
  /** Why it is paused; null after a restart. */
  readonly pause: StoppedEvent | null;
  /**
   * Starts a batch, or resumes the stored one.
   * @param resumed the batch to continue; null for a new one
   */
  begin(chosen: readonly string[], resumed: UnfinishedBatch | null): BatchRecord;
  /** Removes the resumable batch. */
  readonly dismiss: () => void;
  /** Call when the host shuts down. A batch interrupted this way is kept. */
  close(): void;
}

/** @param onChange called when the resumable batch changes */
export function createUnfinishedBatches(storage: BatchStorage, onChange: () => void): UnfinishedBatches {
  let kept: UnfinishedBatch | null = schema.safeParse(storage.load()).data ?? null;
  let pause: StoppedEvent | null = null;
  let running: object | null = null;
  let isClosed = false;

  function keep(batch: UnfinishedBatch | null): void {
    kept = batch;
    if (!isClosed) storage.save(batch);
  }

  return {
    get resumable() {
      return running === null ? kept : null;
    },
    get pause() {
      return running === null ? pause : null;
    },
    begin(chosen, resumed) {
      const record = {};
      let isResumed = resumed !== null;
      let batch: UnfinishedBatch = resumed ?? {
        ...{ chosen: [...chosen], done: 0, total: 0, failed: [], suspect: null },
      };
      const isKept = (): boolean => running === record;
      if (running === null && (kept === null || resumed !== null)) running = record;
      const update = (changes: Partial<UnfinishedBatch>): void => {
        batch = { ...batch, ...changes };
        if (isKept()) keep(batch);
      };
      onChange();
      return {
        onEvent(event) {
          if (event.type === 'found' && event.wanted > 0) update({ total: batch.done + event.wanted });
          else if (event.type === 'described') update({ done: batch.done + 1 });
          else if (event.type === 'image' && event.result.status === 'failed' && event.result.file !== null)
            update({ failed: [...batch.failed, imageKey(event.result.note, event.result.file)] });
        },
        end({ pause: why }) {
          if (isClosed) return;
          if (isKept()) running = null;
          // Another batch is stored; it continues with the rest of this one.
          else if (why === null || running !== null) return;
          else if (kept !== null) batch = joined(kept, batch);
          pause = why;
          if (why === null) keep(null);
          else {
            batch = { ...batch, done: Math.max(0, batch.total - why.left), suspect: why.suspect };
            keep(batch);
          }
          onChange();
        },
        resume() {
          if (running !== null || kept !== batch) return;
          running = record;
          isResumed = true;
          onChange();
        },
        giveUp() {
          if (!isKept()) return;
          running = null;
          if (!isResumed) keep(null);
          onChange();
        },
      };
    },
    dismiss() {
      pause = null;
      if (running === null) keep(null);
      onChange();
    },
    close() {
      isClosed = true;
    },
  };
}

/** Selects the images of a resumed batch that have not failed before. */
export function withoutFailed(
  wanted: CaptionOptions['wanted'],
  { failed }: UnfinishedBatch,
): CaptionOptions['wanted'] {
  const keys = new Set(failed);
  return (listed, note) =>
    wanted(listed, note) && !(listed.image.kind === 'file' && keys.has(imageKey(note, listed.image.path)));
}

const imageKey = (note: string, file: string): string => `${note}\n${file}`;

function joined(one: UnfinishedBatch, other: UnfinishedBatch): UnfinishedBatch {
  return {
    chosen: [...new Set([...one.chosen, ...other.chosen])],
    done: one.done + other.done,
    total: one.total + other.total,
    failed: [...one.failed, ...other.failed],
    suspect: other.suspect,
  };
}
