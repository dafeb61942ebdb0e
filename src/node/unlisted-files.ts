import { statSync } from 'node:fs';
import type { VaultIndex } from '../core/note/resolve-image.ts';
import type { Vault } from './find-vault-root.ts';
import { realPathInside } from './vault-path.ts';
import { isPassedOver } from './walk-vault.ts';

/**
 * Finds the files that a walk of the vault passes over but that a note may name: those in hidden folders and in
 * `node_modules`. To Obsidian they don't exist, so that in its vaults they are not looked for.
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
