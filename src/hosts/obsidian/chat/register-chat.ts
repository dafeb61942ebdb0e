import { type App, ConfirmationModal, Notice, type Plugin, type TFile } from 'obsidian';
import type { ImageEmbed } from '../../../core/note/image-embed.ts';
import { imageSource } from '../../../core/note/image-source.ts';
import { resolveImage } from '../../../core/note/resolve-image.ts';
import type { SkipPorts } from '../caption/skip-entries.ts';
import type { Words } from '../messages/en.ts';
import { CHAT_VIEW, ChatView } from './chat-view.ts';
import { type ChatPorts, createConversations } from './conversations.ts';

/** Chat actions for commands and menus. */
export interface ChatCommands {
  /** Opens the sidebar. */
  readonly open: () => Promise<void>;
  /** Deletes every conversation after asking for confirmation. */
  readonly clearAll: () => void;
  /** Opens the sidebar for one image of a note. */
  readonly askAbout: (note: TFile, embed: ImageEmbed) => Promise<void>;
}

/** Registers the sidebar and its conversations, with their storage. */
export function registerChat(plugin: Plugin, ports: ChatPorts & SkipPorts): ChatCommands {
  const { app } = plugin;
  const { captioner, words } = ports;
  const conversations = createConversations(plugin, ports);
  plugin.registerView(CHAT_VIEW, (leaf) => new ChatView(leaf, ports, conversations));

  async function view(): Promise<ChatView | null> {
    const leaf = await app.workspace.ensureSideLeaf(CHAT_VIEW, 'right', { active: true, reveal: true });
    return leaf.view instanceof ChatView ? leaf.view : null;
  }

  return {
    async open() {
      (await view())?.focus();
    },
    clearAll() {
      confirmClear(app, words, conversations.clear);
    },
    async askAbout(note, embed) {
      const { files } = captioner.ports;
      const image = resolveImage(embed, note.path, files.index());
      const chat = await view();
      const source = imageSource(image, false);
      if (source === null) chat?.focus();
      else await chat?.askAbout(note, source);
    },
  };
}

function confirmClear(app: App, { chatNotes }: Words, clear: () => Promise<void>): void {
  const question = new ConfirmationModal(app);
  question.setTitle(chatNotes.clearAll);
  question.contentEl.createEl('p', { text: chatNotes.clearQuestion });
  question.addButton((button) =>
    button
      .setButtonText(chatNotes.clear)
      .setDestructive()
      .onClick(async () => {
        await clear();
        new Notice(chatNotes.cleared);
      }),
  );
  question.addCancelButton();
  question.open();
}
