import { statSync } from 'node:fs';
import type { VaultIndex } from '../core/note/resolve-image.ts';
import type { Vault } from './find-vault-root.ts';
import { realPathInside } from './vault-path.ts';
import { isPassedOver } from './walk-vault.ts';

/**
 * Finds files that the vault walk skips but a note may link to: those in hidden folders and in `node_modules`.
 * Obsidian ignores them, so they are not searched in its vaults.
 */
export function unlistedFiles({ root, kind }: Vault): VaultIndex['hasUnlisted'] {
  if (kind === 'obsidian') return undefined;
  return (path) => {
    if (!path.split('/').some(isPassedOver)) return false;
    try {
      const real = realPathInside(root, path);
      return real !== null && statSync(real).isFile();
    } catch {
      return false;
    }
  };
}
