import { builtRecognizers } from './built-recognizers.ts';
import type { OpenRecognizers } from './open-recognizers.ts';

/** The local recognizers, loaded on first use because they include megabytes of code. */
export interface LazyRecognizers {
  /** Returns the same recognizers each time. @throws NotesightError `model_unloadable` */
  readonly open: () => Promise<OpenRecognizers>;
  readonly close: () => Promise<void>;
}

/** @param folder a folder with the files of `dist/recognizers` */
export function createLazyRecognizers(folder: () => string = builtRecognizers): LazyRecognizers {
  let opened: Promise<OpenRecognizers> | null = null;
  return {
    open: () =>
      (opened ??= import('./open-recognizers.ts').then(({ openRecognizers }) => openRecognizers(folder()))),
    close: async () => {
      await (await opened)?.close();
    },
  };
}
