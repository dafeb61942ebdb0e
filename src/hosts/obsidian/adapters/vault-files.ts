import type { TAbstractFile, Vault } from 'obsidian';
import { createVaultIndex, type VaultIndex } from '../../../core/note/resolve-image.ts';
import type { VaultFiles } from '../../../editor/vault-files.ts';

/** @param register keeps a listener registered while the plugin is loaded */
export function createVaultFiles(
  vault: Vault,
  register: (event: 'create' | 'delete' | 'rename', listener: (file: TAbstractFile) => void) => void,
): VaultFiles {
  let index: VaultIndex | null = null;
  const forget = () => {
    index = null;
  };
  register('create', forget);
  register('delete', forget);
  register('rename', forget);
  return {
    index: () => (index ??= createVaultIndex(vault.getFiles().map(({ path }) => path))),
  };
}
