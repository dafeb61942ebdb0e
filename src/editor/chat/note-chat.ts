import type { AskPorts, AskRequest } from '../../core/ask/ask-request.ts';
import { type ChatSnapshot, createChatSession } from '../../core/ask/chat-session.ts';
import { type ConversationStore, type PastConversation, titleOf } from '../../core/ask/conversation-store.ts';
import { NEW_CONVERSATION } from '../../core/ask/conversation.ts';
import type { Drafts } from '../../core/ask/drafts.ts';
import { type AnswerForm } from '../../core/ask/insertable-answer.ts';
import { type NoteImage, noteImages } from '../../core/ask/note-images.ts';
import type { Detector } from '../../core/detect/detector.ts';
import type { NotesightError } from '../../core/errors.ts';
import { detectLanguage } from '../../core/language/detect-language.ts';
import { fallbackLanguage } from '../../core/language/language-code.ts';
import type { Explanation } from '../../core/messages/explain.ts';
import type { ImageContext } from '../../core/model/image-description.ts';
import { imageAt } from '../../core/note/image-at.ts';
import { imageName, noteOfInline } from '../../core/note/inline-source.ts';
import type { NoteStore } from '../../core/ports.ts';
import type { Settings } from '../../core/settings/settings.ts';
import type { ChatActions, ChatImage, ChatState, InsertPlace } from '../../ui/chat/chat-state.ts';
import type { EditorWords } from '../messages/editor-en.ts';
import type { VaultFiles } from '../vault-files.ts';
import type { ChatHost, ChatNote } from './chat-host.ts';
import { createChatSelection } from './chat-selection.ts';
import { createChatTurns } from './chat-turns.ts';
import { createChatWhere } from './chat-where.ts';
import type { DroppedImages } from './dropped-images.ts';
import { insertEdit } from './insert-answer.ts';

/** The dependencies of a conversation about a note. */
export interface NoteChatPorts {
  readonly host: ChatHost;
  readonly words: EditorWords;
  readonly explain: (error: NotesightError) => Explanation;
  readonly settings: () => Settings;
  readonly notes: NoteStore;
  readonly files: VaultFiles;
  readonly dropped: DroppedImages;
  readonly store: ConversationStore;
  readonly drafts: Drafts;
  /** Detects objects in an image. */
  readonly locator: Detector;
  /**
   * Opens the models that answer.
   * @param contextOf returns the context of an image in the note, for the model that describes it
   */
  readonly open: (
    contextOf: (file: string) => ImageContext,
    signal: AbortSignal,
  ) => Promise<{ readonly ports: AskPorts; readonly notice: string }>;
}

/** The conversation about the images of one note, as the panel shows it. */
export interface NoteChat {
  readonly note: ChatNote;
  readonly state: ChatState;
  readonly actions: ChatActions;
  /** Reads the note again. */
  refresh(): Promise<void>;
  /** Selects only this image. */
  chooseOnly(file: string): void;
  /** Adds images to the conversation and selects them. */
  add(files: readonly string[]): void;
  /** Updates paths after a file or folder was renamed or moved. */
  rename(from: string, to: string): void;
  /** Deletes the conversation, as when all are cleared. Keeps the draft question. */
  forget(): void;
  close(): void;
}

/** What can be undone: starting a new conversation or deleting an earlier one. */
type Undo =
  | { readonly kind: 'startAnew'; readonly id: number }
  | { readonly kind: 'deletePast'; readonly past: PastConversation };

let lastKey = 0;

export function createNoteChat(note: ChatNote, ports: NoteChatPorts, onChange: () => void): NoteChat {
  const { host, words, explain, settings, dropped, store, drafts } = ports;
  const turnsOf = createChatTurns(words, explain, editOf);
  const where = createChatWhere(ports.locator, explain, onChange);
  let images: readonly NoteImage[] = [];
  const draft = drafts.get(note.path);
  let { text, edits } = draft;
  const key = ++lastKey;
  let textVersion = 0;
  let undo: Undo | null = null;
  let notice = '';
  let language = 'en';

  const stored = store.get(note.path) ?? NEW_CONVERSATION;
  /** The session when its conversation was last stored. */
  let kept: Pick<ChatSnapshot, 'conversation' | 'pending'> = { conversation: stored, pending: null };
  const session = createChatSession(
    stored,
    async (signal) => {
      const opened = await ports.open(contextOf, signal);
      notice = opened.notice;
      return opened.ports;
    },
    (snapshot) => {
      keep(snapshot);
      onChange();
    },
  );

  const selection = createChatSelection(
    draft,
    () => images,
    () => session.snapshot.conversation,
    () => {
      keepDraft();
      onChange();
    },
  );

  /**
   * Runs when an answer starts and ends. If it is interrupted in between, the question and the turns it replaces are
   * stored.
   */
  function keep({ conversation, pending }: ChatSnapshot): void {
    const isSame = conversation === kept.conversation && (pending === null) === (kept.pending === null);
    if (isSame) return;
    kept = { conversation, pending };
    void store.put(note.path, session.kept);
  }

  function keepDraft(): void {
    // A dropped image has no file, so it is lost after a restart.
    const selected = selection.draft((file) => dropped.urlOf(file) === null);
    drafts.put(note.path, { text, edits, ...selected });
  }

  function editOf(turn: number, question: string): string {
    return edits.find((edit) => edit.turn === turn && edit.of === question)?.text ?? '';
  }

  function setEdit(turn: number, edited: string): void {
    const of = session.snapshot.conversation.turns[turn]?.question;
    if (of === undefined || edited === editOf(turn, of)) return;
    const others = edits.filter((edit) => edit.turn !== turn || edit.of !== of);
    edits = edited === '' || edited === of ? others : [...others, { turn, of, text: edited }];
    keepDraft();
    onChange();
  }

  /** Puts a question back into the box unless the box has another one. */
  function giveBack(question: string, about: AskRequest['region']): void {
    if (text !== '') return;
    text = question;
    textVersion++;
    selection.restoreRegion(about);
    keepDraft();
    onChange();
  }

  function contextOf(file: string): ImageContext {
    const known = images.find((image) => image.file === file);
    return known?.context ?? { language, noteTitle: '', before: '', after: '' };
  }

  function chatImage(number: number, file: string): ChatImage {
    return {
      number,
      name: imageName(file),
      source: urlOf(file),
      isDrawing: /\.svg$/i.test(file) || (noteOfInline(file) !== null && /#data:image\/svg/i.test(file)),
      isChosen: selection.isChosen(file),
      isPinned: selection.isPinned(file),
      isInNote: images.some((image) => image.file === file),
    };
  }

  function urlOf(file: string): string {
    const url = images.find((image) => image.file === file)?.embed.target ?? '';
    if (noteOfInline(file) !== null) return url === '' ? '' : host.inlineUrl(file, url);
    return host.urlOf(file) ?? dropped.urlOf(file) ?? '';
  }

  async function ask(question: string, instead?: number): Promise<void> {
    const { snapshot } = session;
    const about = selection.request(question);
    if (snapshot.pending !== null) {
      if (instead === undefined) giveBack(question, null);
      return;
    }
    undo = null;
    if (text.trim() === question) text = '';
    if (instead !== undefined) {
      const of = snapshot.conversation.turns[instead]?.question;
      edits = edits.filter(
        (edit) => edit.turn !== instead || edit.of !== of || edit.text.trim() !== question,
      );
    }
    selection.clearRegion();
    keepDraft();
    await session.ask(about, instead);
    const { failed, conversation } = session.snapshot;
    const turn = failed === null ? undefined : conversation.turns[failed.at];
    if (failed === null || turn === undefined) return;
    if (turn.question !== failed.question) setEdit(failed.at, failed.question);
    else if (turn.answer === '' && failed.at === conversation.turns.length - 1)
      giveBack(failed.question, about.region);
  }

  function startAnew(): void {
    const { kept: current } = session;
    if (current.turns.length === 0) return;
    void store.put(note.path, current);
    void store.begin(note.path);
    const [past] = store.history(note.path);
    undo = past === undefined ? null : { kind: 'startAnew', id: past.id };
    session.open(NEW_CONVERSATION);
  }

  function openPast(id: number): void {
    void store.put(note.path, session.kept);
    void store.resume(id);
    undo = null;
    session.open(store.get(note.path) ?? NEW_CONVERSATION);
  }

  function takeBack(): void {
    const last = undo;
    undo = null;
    if (last?.kind === 'startAnew') openPast(last.id);
    else if (last !== null) void store.restore(last.past);
    onChange();
  }

  async function reveal(number: number): Promise<void> {
    const file = selection.fileOf(number);
    await chat.refresh();
    const image = images.find((each) => each.file === file);
    if (image !== undefined) await host.show(note, image.embed.from, image.embed.to);
    else if (file !== undefined && host.urlOf(file) !== null) await host.openImage(note, file);
  }

  async function insert(turn: number, place: InsertPlace, form: AnswerForm): Promise<void> {
    const { turns, files } = session.snapshot.conversation;
    const said = turns[turn];
    const editor = host.editorOf(note);
    if (said === undefined || editor === null) return;
    const { linkWords, noPlace } = words.chatNotes;
    const edit = insertEdit(editor, { turn: said, files, form, place }, images, read, linkWords);
    if (edit === null) {
      host.tell(noPlace);
      return;
    }
    await editor.replace(edit);
    const end = edit.from + edit.insert.length;
    await host.show(note, end, end);
  }

  function read(markdown: string): NoteImage[] {
    const { language: setting, remoteImages } = settings();
    return noteImages(
      { path: note.path, markdown },
      {
        language: setting,
        fallbackLanguage: fallbackLanguage(null, words.locale),
        remote: remoteImages,
      },
      { index: ports.files.index(), detectLanguage },
    );
  }

  const chat: NoteChat = {
    note,
    get state() {
      const { region } = selection;
      const shown = [...selection.numbered()].sort(([a], [b]) => a - b);
      return {
        note: note.basename,
        notice,
        images: shown.map(([number, file]) => chatImage(number, file)),
        turns: turnsOf(session.snapshot),
        region: region === null ? null : { image: selection.numberOf(region.file), part: region.part },
        where: where.state(selection.numberOf),
        isBusy: session.snapshot.pending !== null,
        draft: { key, text, version: textVersion },
        history: store.history(note.path).map(({ id, changed, conversation }) => ({
          id,
          changed,
          title: titleOf(conversation),
          questions: conversation.turns.length,
        })),
        undo: undo?.kind ?? null,
      };
    },
    actions: {
      ask: (question) => void ask(question),
      stop: () => {
        session.stop();
      },
      askAgain: (turn) => {
        const { conversation, failed } = session.snapshot;
        const question = failed?.at === turn ? failed.question : conversation.turns[turn]?.question;
        if (question !== undefined) void ask(question, turn);
      },
      edit: (turn, question) => {
        setEdit(turn, question);
        void ask(question, turn);
      },
      switchVersion: (turn, version) => {
        session.switchTo(turn, version - 1);
      },
      copy: (turn) => {
        const answer = session.snapshot.conversation.turns[turn]?.answer ?? '';
        void host.copy(answer).then(() => {
          host.tell(words.chatNotes.copied);
        });
      },
      insert: (turn, place, form) => void insert(turn, place, form),
      startAnew,
      openPast,
      deletePast: (id) => {
        const past = store.history(note.path).find((each) => each.id === id);
        if (past === undefined) return;
        void store.remove(id);
        undo = { kind: 'deletePast', past };
        onChange();
      },
      undo: takeBack,
      setDraft: (of, written) => {
        if (of !== key || written === text) return;
        text = written;
        keepDraft();
      },
      setEdit,
      choose: (numbers, chosen) => {
        const files = numbers.flatMap((number) => selection.fileOf(number) ?? []);
        selection.choose(files, chosen);
      },
      chooseAtCursor: () => {
        const editor = host.editorOf(note);
        const markdown = editor?.text() ?? '';
        const embed = editor === null ? null : imageAt(markdown, editor.selection().to);
        const image = read(markdown).find(({ embed: each }) => each.target === embed?.target);
        if (image === undefined) host.tell(words.notices.noImages);
        else selection.chooseOnly(image.file);
      },
      pin: (number, on) => {
        const file = selection.fileOf(number);
        if (file !== undefined) selection.pin(file, on);
      },
      addFiles: (files) => {
        void dropped.add(files).then(selection.add);
      },
      addFromVault: () => {
        host.pickImage(note, (file) => {
          selection.add([file]);
        });
      },
      setRegion: selection.setRegion,
      detectObjects: (number) => {
        const file = selection.fileOf(number);
        if (file !== undefined) void where.find(file, contextOf(file).language);
      },
      stopLocating: () => {
        where.leave();
      },
      reveal: (number) => void reveal(number),
      openLink: (url) => {
        host.openLink(url);
      },
    },
    async refresh() {
      images = read(await ports.notes.read(note.path).catch(() => ''));
      language = images[0]?.context.language ?? language;
      onChange();
    },
    chooseOnly: selection.chooseOnly,
    add: selection.add,
    rename(from, to) {
      selection.rename(from, to);
      session.rename(from, to);
    },
    forget() {
      undo = null;
      edits = [];
      keepDraft();
      session.open(NEW_CONVERSATION);
    },
    close() {
      where.leave();
      session.stop();
    },
  };
  return chat;
}
