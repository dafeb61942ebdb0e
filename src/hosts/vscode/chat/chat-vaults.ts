import type { ExtensionContext } from 'vscode';
import type { OpenVault } from '../adapters/vaults.ts';
import type { ImageSearch } from '../search/image-search.ts';
import type { Services } from '../services.ts';
import { type ChatVault, openChatVault } from './chat-vault.ts';

/** The vaults whose conversations have been opened. */
export interface ChatVaults {
  /** Opens a vault; returns the same object each time. */
  of(vault: OpenVault): Promise<ChatVault>;
  /** Writes pending drafts. */
  flush(): void;
  /** Deletes the stored conversations. */
  clear(): Promise<void>;
}

export function createChatVaults(
  context: ExtensionContext,
  services: Services,
  search: Pick<ImageSearch, 'readAll' | 'find'>,
): ChatVaults {
  const opening = new Map<OpenVault, Promise<ChatVault>>();
  const opened: ChatVault[] = [];

  async function open(vault: OpenVault): Promise<ChatVault> {
    const chatVault = await openChatVault(vault, context, services, search);
    opened.push(chatVault);
    return chatVault;
  }

  return {
    of(vault) {
      const chatVault = opening.get(vault) ?? open(vault);
      opening.set(vault, chatVault);
      return chatVault;
    },
    flush() {
      for (const { flush } of opened) flush();
    },
    async clear() {
      for (const chatVault of opening.values()) {
        const { store, drafts } = await chatVault;
        drafts.clearEdits();
        await store.clear();
      }
    },
  };
}
