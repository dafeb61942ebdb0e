import type { OpenRecognizers } from './open-recognizers.ts';

/** The local recognizers, loaded on first use because they include megabytes of code. */
export interface LazyRecognizers {
  /** Returns the same recognizers each time. */
  readonly open: () => Promise<OpenRecognizers>;
  readonly close: () => Promise<void>;
}

export function createLazyRecognizers(): LazyRecognizers {
  let opened: Promise<OpenRecognizers> | null = null;
  return {
    open: () => (opened ??= import('./open-recognizers.ts').then(({ openRecognizers }) => openRecognizers())),
    close: async () => {
      await (await opened)?.close();
    },
  };
}
