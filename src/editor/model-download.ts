import { isCancelled, NotesightError } from '../core/errors.ts';
import type { ModelSources } from '../core/servers/server-pool.ts';
import { pullModel } from './pull-model.ts';

/** How far the download of a model is, or how it ended. */
export type Download = { readonly model: string } & (
  | {
      readonly state: 'running';
      /** Bytes of the layers that are known so far; 0 of 0 at first. */
      readonly completedBytes: number;
      readonly totalBytes: number;
    }
  | { readonly state: 'done' | 'stopped' }
  | { readonly state: 'failed'; readonly error: NotesightError }
);

/** The one download of a model that a host has at a time, whoever started it and whoever shows it. */
export interface ModelDownload {
  /** The one that runs, or the last one; null before the first. */
  readonly current: Download | null;
  /** Starts a download, which the next one after a stop or a failure continues. Does nothing while one runs. */
  readonly start: (model: string) => void;
  readonly stop: () => void;
  /** @returns ends the watch */
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
