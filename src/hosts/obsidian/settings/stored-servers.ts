import type { App } from 'obsidian';
import {
  parseServerList,
  readServerEntries,
  type ServerEntry,
  writeServerEntries,
} from '../../../core/settings/server-list.ts';

/** The list in effect. It is local to this device and not synced with the settings. */
const LIST = 'notesight-server';
/** The list as last edited, while it can't take effect. */
const DRAFT = 'notesight-server-draft';

/** The servers entered on this device. */
export interface StoredServers {
  /** The list in effect, as `parseServerList` reads it; '' for the default address of Ollama. */
  readonly list: () => string;
  /** The list as last edited. Addresses may be invalid. */
  readonly entries: () => ServerEntry[];
  /** Stores entries that are being edited, without putting them into effect. */
  readonly keepDraft: (entries: readonly ServerEntry[]) => void;
  /** Stores entries. They take effect as soon as all of them are valid. */
  readonly save: (entries: readonly ServerEntry[]) => void;
}

export function openStoredServers(app: App): StoredServers {
  const read = (key: string): string | null => {
    const stored: unknown = app.loadLocalStorage(key);
    return typeof stored === 'string' ? stored : null;
  };
  const write = (key: string, text: string) => {
    app.saveLocalStorage(key, text === '' ? null : text);
  };
  return {
    list: () => read(LIST) ?? '',
    entries: () => readServerEntries(read(DRAFT) ?? read(LIST) ?? ''),
    keepDraft(entries) {
      write(DRAFT, writeServerEntries(entries));
    },
    save(entries) {
      const text = writeServerEntries(entries);
      const isValid = isServerList(text);
      write(DRAFT, isValid ? '' : text);
      if (isValid) write(LIST, text);
    },
  };
}

function isServerList(text: string): boolean {
  try {
    parseServerList(text);
    return true;
  } catch {
    return false;
  }
}
