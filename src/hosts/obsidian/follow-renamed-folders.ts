import { type Plugin, TFolder } from 'obsidian';
import { renameFolder } from '../../core/settings/folder-rules.ts';
import type { Settings } from '../../core/settings/settings.ts';

/** Keeps the rules of folders that are renamed or moved in the vault. */
export function followRenamedFolders(
  plugin: Plugin,
  settings: () => Settings,
  change: (changes: Partial<Settings>) => Promise<void>,
): void {
  plugin.registerEvent(
    plugin.app.vault.on('rename', (file, oldPath) => {
      if (!(file instanceof TFolder)) return;
      const { folderRules } = settings();
      const renamed = renameFolder(folderRules, oldPath, file.path);
      if (renamed !== folderRules) void change({ folderRules: [...renamed] });
    }),
  );
}
