import type { VaultIndex } from '../core/note/resolve-image.ts';

/** What is where in the vault. */
export interface VaultFiles {
  /** Made anew only where files came, went or got other names. */
  index(): VaultIndex;
}
