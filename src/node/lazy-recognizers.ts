import type { OpenRecognizers } from './open-recognizers.ts';

/** The recognizers of this machine, loaded on first use: they bring megabytes of code. */
export interface LazyRecognizers {
  /** The same ones each time. */
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
