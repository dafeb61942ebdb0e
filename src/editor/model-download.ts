import { isCancelled, NotesightError } from '../core/errors.ts';
import type { ModelSources } from '../core/servers/server-pool.ts';
import { pullModel } from './pull-model.ts';

/** Progress of a model download, or its outcome. */
export type Download = { readonly model: string } & (
  | {
      readonly state: 'running';
      /** Bytes of the layers known so far; initially 0 of 0. */
      readonly completedBytes: number;
      readonly totalBytes: number;
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
    try {
      for await (const { completedBytes, totalBytes } of pullModel(await sources(), model, signal))
        show({ model, state: 'running', completedBytes, totalBytes });
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
      show({ model, state: 'running', completedBytes: 0, totalBytes: 0 });
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
