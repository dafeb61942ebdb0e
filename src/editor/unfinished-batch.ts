import * as z from 'zod/mini';
import type { CaptionEvent, CaptionOptions, StoppedEvent } from '../core/caption/caption-notes.ts';
import type { JobEnd } from './captioner.ts';

const schema = z.object({
  /** What the user chose, such as files and folders, in the host's own spelling. */
  chosen: z.array(z.string()),
  done: z.number(),
  total: z.number(),
  /** Images that failed by themselves, by note and file: they are not retried when the batch is resumed. */
  failed: z.array(z.string()),
  /** See `CaptionOptions`. */
  suspect: z.nullable(z.string()),
});

/** A batch that has not come to its end. */
export type UnfinishedBatch = z.infer<typeof schema>;

/** Where the batch is kept for the next start. */
export interface BatchStorage {
  load(): unknown;
  /** @param batch null for none */
  save(batch: UnfinishedBatch | null): void;
}

/** Follows a batch while it runs. */
export interface BatchRecord {
  onEvent(event: CaptionEvent): void;
  /** To be called once at its end: a batch that is paused is kept, any other is done with. */
  end(end: Pick<JobEnd, 'pause'>): void;
  /** In place of `end` where it could not begin: one that was to be resumed is still there to be resumed. */
  giveUp(): void;
  /** Continues it after a pause. */
  resume(): void;
}

/** The batch that runs, is paused, or was cut short by a restart. There is one at a time: the first that began. */
export interface UnfinishedBatches {
  /** Null while it runs. */
  readonly resumable: UnfinishedBatch | null;
  /** Why it is paused; null after a restart. */
  readonly pause: StoppedEvent | null;
  /**
   * Begins a batch, or resumes the one that is kept.
   * @param resumed the batch that it continues; null for a new one
   */
  begin(chosen: readonly string[], resumed: UnfinishedBatch | null): BatchRecord;
  /** Forgets the batch that could be resumed. */
  dismiss(): void;
  /** To be called when the host ends: what is stopped by that is kept. */
  close(): void;
}

/** @param onChange called when what can be resumed changes */
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
          // Another batch is kept, which goes on with the rest of this one.
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

/** Which images of a batch are still wanted when it is resumed. */
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
