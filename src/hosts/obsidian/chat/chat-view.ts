import { debounce, ItemView, type TFile, type WorkspaceLeaf } from 'obsidian';
import type { NoteChat } from '../../../editor/chat/note-chat.ts';
import { chatActions } from '../../../ui/chat/chat-actions.ts';
import { type ChatPanel, createChatPanel } from '../../../ui/chat/chat-panel.ts';
import { NO_NOTE } from '../../../ui/chat/chat-state.ts';
import { skipEntries, type SkipPorts } from '../caption/skip-entries.ts';
import { showMenu } from '../show-menu.ts';
import type { Words } from '../messages/en.ts';
import type { Conversations } from './conversations.ts';
import { obsidianRichText } from './rich-text.ts';

export const CHAT_VIEW = 'notesight-chat';

const LAYOUT_KEY = 'notesight-chat-layout';

/** Milliseconds after the last keystroke before the images of the note are read again. */
const SETTLE = 400;
/** Milliseconds after the selection changed before it is shown. */
const SELECTION_SETTLE = 150;

/** The sidebar view, which follows the active note. */
export class ChatView extends ItemView {
  readonly #words: Words;
  readonly #conversations: Conversations;
  readonly #skip: SkipPorts;
  #panel: ChatPanel | null = null;
  #chat: NoteChat | null = null;
  #wanted: TFile | null = null;
  #frame: number | null = null;

  constructor(leaf: WorkspaceLeaf, skip: SkipPorts, conversations: Conversations) {
    super(leaf);
    this.#words = skip.words;
    this.#skip = skip;
    this.#conversations = conversations;
    this.icon = 'messages-square';
  }

  override getViewType(): string {
    return CHAT_VIEW;
  }

  override getDisplayText(): string {
    return this.#words.commands.askNote;
  }

  protected override async onOpen(): Promise<void> {
    const { workspace, vault } = this.app;
    this.contentEl.addClass('notesight-chat-view');
    // The actions stay the same when the note changes.
    const actions = chatActions((name, args) => {
      const action = this.#chat?.actions[name] as ((...given: unknown[]) => void) | undefined;
      action?.(...args);
    });
    this.#panel = createChatPanel(
      this.contentEl,
      this.#words.chat,
      {
        showMenu,
        rich: obsidianRichText,
        imageEntries: (image) => {
          const file = this.#chat?.fileOf(image);
          return file === undefined ? [] : skipEntries(file, this.#skip);
        },
        layout: {
          load: () => this.app.loadLocalStorage(LAYOUT_KEY) as unknown,
          save: (layout) => {
            this.app.saveLocalStorage(LAYOUT_KEY, layout);
          },
        },
      },
      actions,
    );
    const follow = () => void this.#follow();
    const refresh = debounce(() => void this.#chat?.refresh(), SETTLE, true);
    this.registerEvent(workspace.on('file-open', follow));
    this.registerEvent(workspace.on('active-leaf-change', follow));
    this.registerEvent(
      workspace.on('editor-change', (_editor, info) => {
        if (info.file === this.#chat?.note) refresh();
      }),
    );
    this.registerEvent(
      vault.on('modify', (file) => {
        if (file.path === this.#chat?.note.path) refresh();
      }),
    );
    const selected = debounce(
      () => {
        this.#draw();
      },
      SELECTION_SETTLE,
      true,
    );
    this.registerDomEvent(document, 'selectionchange', selected);
    this.registerEvent(
      workspace.on('window-open', ({ doc }) => {
        this.registerDomEvent(doc, 'selectionchange', selected);
      }),
    );
    for (const event of ['create', 'delete', 'rename'] as const)
      this.registerEvent(vault.on(event as 'create', refresh));
    await this.#follow();
  }

  protected override onClose(): Promise<void> {
    if (this.#frame !== null) this.containerEl.win.cancelAnimationFrame(this.#frame);
    this.#panel?.destroy();
    this.#panel = null;
    return Promise.resolve();
  }

  /** Focuses the question box. */
  focus(): void {
    this.#panel?.focus();
  }

  /** Shows the conversation about a note, with one image selected. */
  async askAbout(note: TFile, file: string): Promise<void> {
    const chat = await this.#show(note);
    chat?.chooseOnly(file);
    this.focus();
  }

  async #follow(): Promise<void> {
    const note = this.app.workspace.getActiveFile();
    if (note?.extension === 'md') await this.#show(note);
    else this.#draw();
  }

  async #show(note: TFile): Promise<NoteChat | null> {
    this.#wanted = note;
    if (this.#chat?.note === note) return this.#chat;
    const chat = await this.#conversations.of(note, () => {
      if (this.#chat?.note === note) this.#draw();
    });
    // The active note may have changed in the meantime.
    if (this.#wanted !== note) return null;
    this.#chat = chat;
    await chat.refresh();
    return chat;
  }

  /** Updates once per frame, however fast the answer streams. */
  #draw(): void {
    const { win } = this.containerEl;
    this.#frame ??= win.requestAnimationFrame(() => {
      this.#frame = null;
      this.#panel?.show(this.#chat?.state ?? NO_NOTE);
    });
  }
}
