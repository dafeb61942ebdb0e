import { TFile, type TAbstractFile, TFolder, type Vault } from 'obsidian';
import { createVaultIndex, type VaultIndex } from '../../core/note/resolve-image.ts';

/** What is where in the vault. */
export interface VaultFiles {
  /** Made anew only where files came, went or got other names. */
  index(): VaultIndex;
  /** Paths of the notes in a folder and the folders in it, sorted. */
  notesIn(folder: TFolder): string[];
}

/** @param register keeps a listener for as long as the plugin is loaded */
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
    notesIn(folder) {
      const notes: string[] = [];
      const walk = ({ children }: TFolder) => {
        for (const child of children) {
          if (child instanceof TFolder) walk(child);
          else if (child instanceof TFile && child.extension === 'md') notes.push(child.path);
        }
      };
      walk(folder);
      return notes.sort();
    },
  };
}
