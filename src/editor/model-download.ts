import { isCancelled, NotesightError } from '../core/errors.ts';
import type { ModelSources } from '../core/servers/server-pool.ts';
import type { EditorWords } from './messages/editor-en.ts';
import { pullModel } from './pull-model.ts';

/** Progress of a model download, or its outcome. */
export type Download = { readonly model: string } & (
  | {
      readonly state: 'running';
      /** Bytes of the layers known so far; initially 0 of 0. */
      readonly completedBytes: number;
      readonly totalBytes: number;
      /** An estimate; null before there is one. */
      readonly secondsLeft: number | null;
    }
  | { readonly state: 'done' | 'stopped' }
  | { readonly state: 'failed'; readonly error: NotesightError }
);

/** The one model download a host runs at a time, shared by everything that starts or shows it. */
export interface ModelDownload {
  /** The running or most recent download; null before the first. */
  readonly current: Download | null;
  /** Starts a download. If the previous one stopped or failed, it continues. Does nothing while one is running. */
  readonly start: (model: string) => void;
  readonly stop: () => void;
  /** @returns a function that ends the watch */
  watch(listener: (download: Download) => void): () => void;
}

export function createModelDownload(sources: () => ModelSources | Promise<ModelSources>): ModelDownload {
  const listeners = new Set<(download: Download) => void>();
  let current: Download | null = null;
  let controller = new AbortController();

  function show(download: Download): void {
    current = download;
    for (const listener of [...listeners]) listener(download);
  }

  async function run(model: string, signal: AbortSignal): Promise<Download> {
    const estimate = createEstimate();
    try {
      for await (const { completedBytes, totalBytes } of pullModel(await sources(), model, signal)) {
        const secondsLeft = estimate(completedBytes, totalBytes, Date.now());
        show({ model, state: 'running', completedBytes, totalBytes, secondsLeft });
      }
      return { model, state: 'done' };
    } catch (error) {
      if (isCancelled(error)) return { model, state: 'stopped' };
      if (error instanceof NotesightError) return { model, state: 'failed', error };
      show({ model, state: 'stopped' });
      throw error;
    }
  }

  return {
    get current() {
      return current;
    },
    start(model) {
      if (current?.state === 'running') return;
      controller = new AbortController();
      show({ model, state: 'running', completedBytes: 0, totalBytes: 0, secondsLeft: null });
      void run(model, controller.signal).then(show);
    },
    stop() {
      controller.abort(new NotesightError('cancelled', 'stopped'));
    },
    watch(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** Milliseconds after which the speed is known well enough. */
const WARM_UP = 3_000;

/**
 * Estimates the time left from the speed since the start. What an earlier download left does not count.
 * @returns a function that takes the progress and the time in milliseconds, and returns seconds; null if unknown
 */
export function createEstimate(): (completedBytes: number, totalBytes: number, now: number) => number | null {
  let start: { readonly bytes: number; readonly at: number } | null = null;
  return (completedBytes, totalBytes, now) => {
    if (totalBytes === 0) return null;
    start ??= { bytes: completedBytes, at: now };
    const bytes = completedBytes - start.bytes;
    const milliseconds = now - start.at;
    if (bytes <= 0 || milliseconds < WARM_UP) return null;
    return ((totalBytes - completedBytes) * milliseconds) / bytes / 1000;
  };
}

/** The progress of a download, such as "25% (1,000 of 4,000 MB), about 4 minutes left"; '' before it is known. */
export function progressText(
  { completedBytes, totalBytes, secondsLeft }: Download & { readonly state: 'running' },
  { download, status }: EditorWords,
): string {
  if (totalBytes === 0) return '';
  const amount = download.amount(completedBytes, totalBytes);
  return secondsLeft === null ? amount : `${amount}, ${status.timeLeft(secondsLeft)}`;
}
