import { join } from 'node:path';
import type { ExtensionContext } from 'vscode';
import * as facts from 'pack:facts';
import { findBuiltRecognizers } from '../../../node/built-recognizers.ts';
import { createLazyRecognizers } from '../../../node/lazy-recognizers.ts';
import type { OpenRecognizers } from '../../../node/open-recognizers.ts';
import { createPackFolder } from '../../../node/pack-folder.ts';

/** The recognizers in VS Code, available if the user installed the pack. */
export interface InstalledRecognizers {
  isInstalled(): boolean;
  /** @returns null if the pack is not installed */
  open(): Promise<OpenRecognizers | null>;
  /**
   * Checks and installs a pack.
   * @throws NotesightError `pack_unusable`, `pack_failed`
   */
  install(pack: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Removes the pack. @throws NotesightError `pack_failed` */
  remove(): Promise<void>;
  /** Stops the current work; the recognizers restart on the next request. */
  close(): Promise<void>;
}

export function createInstalledRecognizers(context: ExtensionContext): InstalledRecognizers {
  // An extension started from the sources has them in the repository.
  const built = findBuiltRecognizers();
  const pack = createPackFolder(join(context.globalStorageUri.fsPath, 'recognizers'), facts);
  const recognizers = createLazyRecognizers(() => built ?? pack.path);
  const isInstalled = () => built !== null || pack.isInstalled();
  return {
    isInstalled,
    open: async () => (isInstalled() ? recognizers.open() : null),
    install: pack.install,
    async remove() {
      await recognizers.close();
      await pack.remove();
    },
    close: recognizers.close,
  };
}
