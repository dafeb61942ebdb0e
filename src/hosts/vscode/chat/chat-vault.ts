import type { ExtensionContext } from 'vscode';
import { openConversations } from '../../../core/ask/conversation-store.ts';
import { openDrafts } from '../../../core/ask/drafts.ts';
import { createImageRecognizers } from '../../../core/recognition/image-recognizers.ts';
import { createDroppedImages } from '../../../editor/chat/dropped-images.ts';
import type { NoteChatPorts } from '../../../editor/chat/note-chat-ports.ts';
import { openAskPorts, type ToolPorts } from '../../../editor/chat/open-ask-ports.ts';
import { createEditorDetector } from '../../../editor/editor-detector.ts';
import { nodeFetch } from '../../../node/node-fetch.ts';
import type { OpenVault } from '../adapters/vaults.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import type { ImageSearch } from '../search/image-search.ts';
import type { Services } from '../services.ts';
import { conversationFile } from './conversation-file.ts';
import { draftFile } from './draft-file.ts';

/** What the conversations about the notes of a vault share. */
export interface ChatVault extends Omit<NoteChatPorts, 'host'> {
  readonly words: VscodeWords;
  /** Writes pending drafts. */
  readonly flush: () => void;
}

export async function openChatVault(
  vault: OpenVault,
  context: ExtensionContext,
  services: Services,
  search: Pick<ImageSearch, 'readAll' | 'find'>,
): Promise<ChatVault> {
  const { words, explain, log } = services;
  const store = await openConversations(conversationFile(context, vault));
  const work = services.workOf(vault);
  const { ports } = work.captioner;
  const { codec } = ports;
  // The webview creates its own URL for a dropped file.
  const dropped = createDroppedImages({ make: (_file, path) => path, revoke: () => undefined });
  const images = dropped.over(ports.images);
  const openRecognizers = async () => {
    const recognizers = await services.openRecognizers();
    return recognizers && createImageRecognizers({ images, codec, recognizers });
  };
  const servers = () => services.servers.open(work.settings());
  const draftsFile = draftFile(context, vault, (error) => {
    log.error('The draft of a question could not be saved.', error);
  });
  const tools: ToolPorts = {
    openRecognizers,
    async findImages(query, limit, signal) {
      await search.readAll(signal);
      // Images of other vaults have paths of their own vault.
      return (await search.find(query, limit)).filter((image) => image.vault === vault);
    },
    webKey: () => services.servers.webKey(),
    fetch: nodeFetch,
  };
  return {
    words,
    explain,
    settings: work.settings,
    notes: ports.notes,
    files: vault.files,
    dropped,
    store,
    drafts: openDrafts(draftsFile),
    detector: createEditorDetector({ images, codec, settings: work.settings, servers, openRecognizers }),
    open: async (contextOf, signal) =>
      openAskPorts({ ...ports, images, servers, words }, tools, contextOf, signal),
    flush: () => {
      draftsFile.flush();
    },
  };
}
