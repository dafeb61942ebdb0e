import type { ExtensionContext, Uri, WebviewView } from 'vscode';
import type { ImageEmbed } from '../../../core/note/image-embed.ts';
import { imageSource } from '../../../core/note/image-source.ts';
import { createImageResolver } from '../../../core/note/list-images.ts';
import type { Vaults } from '../adapters/vaults.ts';
import type { Disposable } from '../disposable.ts';
import type { ImageSearch } from '../search/image-search.ts';
import type { Services } from '../services.ts';
import { createActiveChat } from './active-chat.ts';
import { createChatPage } from './chat-page.ts';
import { createChatVaults } from './chat-vaults.ts';
import { createConversations } from './conversations.ts';
import { createSentFiles } from './sent-files.ts';

/** The view in the side bar. */
export interface ChatView extends Disposable {
  /** Fills the view that VS Code has opened. */
  show(view: WebviewView): Promise<void>;
  /** Whether it shows the conversation of a note. */
  readonly hasNote: boolean;
  /** Focuses the question box once it exists. */
  focus(): void;
  /** Selects only this image of a note. */
  chooseOnly(note: Uri, embed: ImageEmbed): Promise<void>;
  clearAll(): Promise<void>;
}

export function createChatView(
  context: ExtensionContext,
  services: Services,
  vaults: Vaults,
  search: Pick<ImageSearch, 'readAll' | 'find'>,
): ChatView {
  const sentFiles = createSentFiles();
  const page = createChatPage(context.extensionUri, services, sentFiles);
  const chatVaults = createChatVaults(context, services, search);
  const conversations = createConversations(vaults, chatVaults, (file) => page.fileUrl(file), sentFiles);
  const active = createActiveChat(page, conversations, vaults);

  return {
    async show(view) {
      page.open(view, {
        onReady: () => void active.follow(),
        onAction(action) {
          active.act(action);
        },
        onVisibility() {
          chatVaults.flush();
        },
      });
      await active.follow();
    },
    get hasNote() {
      return active.hasNote;
    },
    focus() {
      page.focus();
    },
    async chooseOnly(note, embed) {
      const vault = await vaults.of(note);
      const { notes, files } = services.workOf(vault).captioner.ports;
      const path = vault.pathOf(note);
      const image = createImageResolver(path, await notes.read(path), files.index())(embed);
      const source = imageSource(image, false);
      if (source === null) return;
      const chat = await conversations.of(note);
      await chat.refresh();
      chat.chooseOnly(source);
    },
    clearAll: () => conversations.clearAll(),
    dispose() {
      chatVaults.flush();
      active.dispose();
      page.close();
      conversations.dispose();
    },
  };
}
