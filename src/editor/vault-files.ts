import type { VaultIndex } from '../core/note/resolve-image.ts';

/** The files of a vault. */
export interface VaultFiles {
  /** Rebuilt only after files were added, removed or renamed. */
  index(): VaultIndex;
}
