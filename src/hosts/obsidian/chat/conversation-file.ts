import type { Plugin } from 'obsidian';
import type { TextFile } from '../../../core/ask/conversation-store.ts';

/**
 * The file with all conversations. It is stored next to the log and not in the settings, because it is written with every question and answer. A backup is
 * written first: if writing is interrupted, one of the two files is intact.
 */
export function conversationFile({ app }: Plugin, folder: string): TextFile {
  const { adapter } = app.vault;
  const path = `${folder}/conversations.json`;
  const spare = `${path}.new`;
  return {
    async read() {
      if (await adapter.exists(path)) return adapter.read(path);
      return (await adapter.exists(spare)) ? adapter.read(spare) : '';
    },
    async write(text) {
      await adapter.write(spare, text);
      if (await adapter.exists(path)) await adapter.remove(path);
      await adapter.rename(spare, path);
    },
  };
}
