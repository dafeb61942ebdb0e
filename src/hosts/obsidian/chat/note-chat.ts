import { Notice, type App, type TFile } from 'obsidian';
import { createChatSession } from '../../../core/ask/chat-session.ts';
import { NEW_CONVERSATION, renamed, withFiles } from '../../../core/ask/conversation.ts';
import type { ConversationStore } from '../../../core/ask/conversation-store.ts';
import { findReferences } from '../../../core/note/image-references.ts';
import { insertableAnswer, type AnswerForm } from '../../../core/ask/insertable-answer.ts';
import { noteImages, wordsAround, type NoteImage } from '../../../core/ask/note-images.ts';
import type { AskPorts, AskRequest } from '../../../core/ask/ask.ts';
import type { NotesightError } from '../../../core/errors.ts';
import type { Explanation } from '../../../core/explain.ts';
import { detectLanguage } from '../../../core/model/detect-language.ts';
import type { ImageContext } from '../../../core/model/vision-model.ts';
import { imageLink } from '../../../core/note/image-link.ts';
import { insertBelow } from '../../../core/note/write-caption.ts';
import type { NoteStore, PixelRegion } from '../../../core/ports.ts';
import type { Settings } from '../../../core/settings.ts';
import type { ChatActions, ChatImage, ChatState, InsertPlace } from '../../../ui/chat/chat-state.ts';
import { imageAt } from '../image-at.ts';
import type { VaultFiles } from '../vault-files.ts';
import type { Words } from '../words/en.ts';
import { createChatTurns } from './chat-turns.ts';
import type { DroppedImages } from './dropped-images.ts';
import { noteEditor, showInNote } from './note-editor.ts';

/** What a conversation about a note needs. */
export interface NoteChatPorts {
  readonly app: App;
  readonly words: Words;
  readonly explain: (error: NotesightError) => Explanation;
  readonly settings: () => Settings;
  readonly notes: NoteStore;
  readonly files: VaultFiles;
  readonly dropped: DroppedImages;
  readonly store: ConversationStore;
  /**
   * What answers.
   * @param contextOf the place of an image in the note, for the model that describes it
   */
  readonly open: (
    contextOf: (file: string) => ImageContext,
    signal: AbortSignal,
  ) => Promise<{ readonly ports: AskPorts; readonly notice: string }>;
  /** Lets the user pick an image of the vault. */
  readonly pickImage: (picked: (file: TFile) => void) => void;
}

/** The conversation about the images of one note, as the panel shows it. */
export interface NoteChat {
  readonly note: TFile;
  readonly state: ChatState;
  readonly actions: ChatActions;
  /** Reads the note anew. */
  refresh(): Promise<void>;
  /** Chooses one image, and no other. */
  chooseOnly(file: string): void;
  /** Goes along with a file or folder that was renamed or moved. */
  rename(from: string, to: string): void;
  close(): void;
}

export function createNoteChat(note: TFile, ports: NoteChatPorts, onChange: () => void): NoteChat {
  const { app, words, explain, settings, dropped, store } = ports;
  const turnsOf = createChatTurns(words, explain);
  let images: readonly NoteImage[] = [];
  const added = new Set<string>();
  const left = new Set<string>();
  const pinned = new Set<string>();
  let region: AskRequest['region'] = null;
  let notice = '';
  let language = 'en';

  const session = createChatSession(
    store.get(note.path) ?? NEW_CONVERSATION,
    async (signal) => {
      const opened = await ports.open(contextOf, signal);
      notice = opened.notice;
      return opened.ports;
    },
    ({ conversation, pending }) => {
      if (pending === null) void store.put(note.path, conversation);
      onChange();
    },
  );

  function contextOf(file: string): ImageContext {
    const known = images.find((image) => image.file === file);
    return known?.context ?? { language, noteTitle: '', before: '', after: '' };
  }

  /** Every image that can be chosen, by its number. */
  function numbered(): Map<number, string> {
    const shown = new Set([...images.map(({ file }) => file), ...added]);
    const { files } = withFiles(session.snapshot.conversation, [...shown]);
    return new Map(files.flatMap((file, index) => (shown.has(file) ? [[index + 1, file] as const] : [])));
  }

  function fileOf(number: number): string | undefined {
    return numbered().get(number) ?? session.snapshot.conversation.files[number - 1];
  }

  function numberOf(file: string): number {
    return [...numbered()].find(([, each]) => each === file)?.[0] ?? 0;
  }

  function chatImage(number: number, file: string): ChatImage {
    const inVault = app.vault.getFileByPath(file);
    const source = inVault === null ? (dropped.urlOf(file) ?? '') : app.vault.getResourcePath(inVault);
    return {
      number,
      name: file.slice(file.lastIndexOf('/') + 1),
      source,
      isDrawing: /\.svg$/i.test(file),
      isChosen: !left.has(file),
      isPinned: pinned.has(file),
      isInNote: images.some((image) => image.file === file),
    };
  }

  function request(question: string): AskRequest {
    const files = [...numbered().values()];
    const chosen = files.filter((file) => !left.has(file));
    return {
      question,
      files,
      images: chosen.map((file) => {
        const known = images.find((image) => image.file === file);
        return {
          file,
          alt: known?.embed.alt ?? '',
          around: known === undefined ? '' : wordsAround(known.context),
          pinned: pinned.has(file),
        };
      }),
      region: region !== null && chosen.includes(region.file) ? region : null,
    };
  }

  function ask(question: string, instead?: number): void {
    void session.ask(request(question), instead);
    region = null;
  }

  function choose(files: Iterable<string>, chosen: boolean): void {
    for (const file of files) {
      if (chosen) left.delete(file);
      else left.add(file);
    }
    onChange();
  }

  function only(file: string): void {
    choose(numbered().values(), false);
    choose([file], true);
  }

  function add(files: readonly string[]): void {
    for (const file of files) {
      if (!images.some((image) => image.file === file)) added.add(file);
    }
    choose(files, true);
  }

  function setRegion(number: number, part: PixelRegion | null): void {
    const file = fileOf(number);
    region = file === undefined || part === null ? null : { file, part };
    if (file !== undefined) left.delete(file);
    onChange();
  }

  async function reveal(number: number): Promise<void> {
    const file = fileOf(number);
    await chat.refresh();
    const image = images.find((each) => each.file === file);
    if (image !== undefined) await showInNote(app, note, image.embed.from, image.embed.to);
    else if (file !== undefined && app.vault.getFileByPath(file) !== null)
      await app.workspace.openLinkText(file, note.path, 'tab');
  }

  function insert(turn: number, place: InsertPlace, form: AnswerForm): void {
    const said = session.snapshot.conversation.turns[turn];
    const editor = noteEditor(app, note);
    if (said === undefined || editor === null) return;
    const { files } = session.snapshot.conversation;
    const linkOf = (number: number) => {
      const plain = words.chatNotes.linkWords(number);
      const image = images.find(({ file }) => file === files[number - 1]);
      return image === undefined ? plain : (imageLink(image.embed, plain) ?? plain);
    };
    const lines = insertableAnswer(said, form, files.length, linkOf);
    if (place === 'cursor') {
      const { line, ch } = editor.getCursor();
      const text = editor.getLine(line);
      const isBlock = form !== 'plain' || lines.length > 1;
      const before = isBlock && text.slice(0, ch).trim() !== '' ? '\n\n' : '';
      const after = isBlock && text.slice(ch).trim() !== '' ? '\n\n' : '';
      editor.replaceSelection(before + lines.join('\n') + after, 'input.notesight');
      const end = editor.posToOffset(editor.getCursor());
      void showInNote(app, note, end, end);
      return;
    }
    const markdown = editor.getValue();
    const named = [
      ...said.pictures.map(({ image }) => image),
      ...findReferences(said.answer, files.length).flatMap((found) => found.images),
    ];
    const standing = read(markdown);
    const target =
      named.flatMap((number) => standing.filter(({ file }) => file === files[number - 1]))[0] ?? standing[0];
    const edit = target === undefined ? null : insertBelow(markdown, target.embed, lines);
    if (edit === null) {
      new Notice(words.chatNotes.noPlace);
      return;
    }
    editor.replaceRange(
      edit.insert,
      editor.offsetToPos(edit.from),
      editor.offsetToPos(edit.to),
      'input.notesight',
    );
    void showInNote(app, note, edit.from + edit.insert.length, edit.from + edit.insert.length);
  }

  function read(markdown: string): NoteImage[] {
    const { language: setting, remoteImages } = settings();
    return noteImages(
      note.path,
      markdown,
      ports.files.index(),
      { language: setting, remote: remoteImages },
      detectLanguage,
    );
  }

  const chat: NoteChat = {
    note,
    get state() {
      const shown = [...numbered()].sort(([a], [b]) => a - b);
      return {
        note: note.basename,
        notice,
        images: shown.map(([number, file]) => chatImage(number, file)),
        turns: turnsOf(session.snapshot),
        region: region === null ? null : { image: numberOf(region.file), part: region.part },
        isBusy: session.snapshot.pending !== null && session.snapshot.pending.error === null,
      };
    },
    actions: {
      ask: (question) => {
        ask(question);
      },
      stop: () => {
        session.stop();
      },
      askAgain: (turn) => {
        const { conversation, pending } = session.snapshot;
        const question = conversation.turns[turn]?.question ?? pending?.question;
        if (question !== undefined) ask(question, turn);
      },
      edit: (turn, question) => {
        ask(question, turn);
      },
      copy: (turn) => {
        const answer = session.snapshot.conversation.turns[turn]?.answer ?? '';
        void navigator.clipboard.writeText(answer).then(() => new Notice(words.chatNotes.copied));
      },
      insert,
      startAnew: () => {
        session.clear();
      },
      choose: (numbers, chosen) => {
        choose(
          numbers.flatMap((number) => fileOf(number) ?? []),
          chosen,
        );
      },
      chooseAtCursor: () => {
        const editor = noteEditor(app, note);
        const embed = editor === null ? null : imageAt(editor);
        const image = read(editor?.getValue() ?? '').find(({ embed: each }) => each.target === embed?.target);
        if (image === undefined) new Notice(words.notices.noImages);
        else only(image.file);
      },
      pin: (number, on) => {
        const file = fileOf(number);
        if (file === undefined) return;
        if (on) pinned.add(file);
        else pinned.delete(file);
        choose([file], true);
      },
      addFiles: (files) => {
        void dropped.add(files).then(add);
      },
      addFromVault: () => {
        ports.pickImage(({ path }) => {
          add([path]);
        });
      },
      setRegion,
      reveal: (number) => void reveal(number),
      openLink: (url) => {
        window.open(url, '_blank', 'noopener');
      },
    },
    async refresh() {
      images = read(await ports.notes.read(note.path).catch(() => ''));
      language = images[0]?.context.language ?? language;
      onChange();
    },
    chooseOnly: only,
    rename(from, to) {
      for (const files of [left, pinned, added]) {
        const moved = [...files].map((file) => renamed(file, from, to));
        files.clear();
        for (const file of moved) files.add(file);
      }
      session.rename(from, to);
    },
    close() {
      session.stop();
    },
  };
  return chat;
}
