import type { AskPorts, AskRequest } from '../../core/ask/ask-request.ts';
import { type ChatSnapshot, createChatSession } from '../../core/ask/chat-session.ts';
import { type ConversationStore, type PastConversation, titleOf } from '../../core/ask/conversation-store.ts';
import { NEW_CONVERSATION, renamed, type Turn, withFiles } from '../../core/ask/conversation.ts';
import type { Drafts } from '../../core/ask/drafts.ts';
import { type AnswerForm, insertableAnswer } from '../../core/ask/insertable-answer.ts';
import { type NoteImage, noteImages, wordsAround } from '../../core/ask/note-images.ts';
import type { Detector } from '../../core/detect/detector.ts';
import type { NotesightError } from '../../core/errors.ts';
import { detectLanguage } from '../../core/language/detect-language.ts';
import { fallbackLanguage } from '../../core/language/language-code.ts';
import type { TextEdit } from '../../core/markdown/text-edit.ts';
import type { Explanation } from '../../core/messages/explain.ts';
import type { ImageContext } from '../../core/model/image-description.ts';
import { imageAt } from '../../core/note/image-at.ts';
import { imageLink } from '../../core/note/image-link.ts';
import { imageName, noteOfInline } from '../../core/note/inline-source.ts';
import { insertBelow } from '../../core/note/write-caption.ts';
import type { NoteStore, PixelRegion } from '../../core/ports.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { findReferences } from '../../core/text/image-references.ts';
import type { ChatActions, ChatImage, ChatState, InsertPlace } from '../../ui/chat/chat-state.ts';
import type { EditorWords } from '../messages/editor-en.ts';
import type { VaultFiles } from '../vault-files.ts';
import type { ChatEditor, ChatHost, ChatNote } from './chat-host.ts';
import { createChatTurns } from './chat-turns.ts';
import { createChatWhere } from './chat-where.ts';
import type { DroppedImages } from './dropped-images.ts';

/** What a conversation about a note needs. */
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
  /** Finds what is where in an image. */
  readonly locator: Detector;
  /**
   * What answers.
   * @param contextOf the place of an image in the note, for the model that describes it
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
  /** Reads the note anew. */
  refresh(): Promise<void>;
  /** Chooses one image, and no other. */
  chooseOnly(file: string): void;
  /** Adds images to those that can be asked about, and chooses them. */
  add(files: readonly string[]): void;
  /** Goes along with a file or folder that was renamed or moved. */
  rename(from: string, to: string): void;
  /** Forgets the conversation, as when all are cleared. The question that is being written stays. */
  forget(): void;
  close(): void;
}

/** What can be undone: a new conversation, or that an earlier one was deleted. */
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
  const added = new Set<string>(draft.added);
  const left = new Set<string>(draft.left);
  const pinned = new Set<string>(draft.pinned);
  let region: AskRequest['region'] = draft.region;
  let { text, edits } = draft;
  const key = ++lastKey;
  let textVersion = 0;
  let undo: Undo | null = null;
  let notice = '';
  let language = 'en';

  const stored = store.get(note.path) ?? NEW_CONVERSATION;
  /** What the session was like when its conversation was last kept. */
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

  /** At the beginning and the end of an answer: were it cut off in between, the question and what it replaces are there. */
  function keep({ conversation, pending }: ChatSnapshot): void {
    const isSame = conversation === kept.conversation && (pending === null) === (kept.pending === null);
    if (isSame) return;
    kept = { conversation, pending };
    void store.put(note.path, session.kept);
  }

  function keepDraft(): void {
    // What was dropped is no file, and gone after a restart.
    const files = [...added].filter((file) => dropped.urlOf(file) === null);
    drafts.put(note.path, { text, edits, left: [...left], pinned: [...pinned], added: files, region });
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

  /** Puts a question back into the box, unless another one is there by now. */
  function giveBack(question: string, about: AskRequest['region']): void {
    if (text !== '') return;
    text = question;
    textVersion++;
    region ??= about;
    keepDraft();
    onChange();
  }

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
    return {
      number,
      name: imageName(file),
      source: urlOf(file),
      isDrawing: /\.svg$/i.test(file) || (noteOfInline(file) !== null && /#data:image\/svg/i.test(file)),
      isChosen: !left.has(file),
      isPinned: pinned.has(file),
      isInNote: images.some((image) => image.file === file),
    };
  }

  function urlOf(file: string): string {
    const url = images.find((image) => image.file === file)?.embed.target ?? '';
    if (noteOfInline(file) !== null) return url === '' ? '' : host.inlineUrl(file, url);
    return host.urlOf(file) ?? dropped.urlOf(file) ?? '';
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

  async function ask(question: string, instead?: number): Promise<void> {
    const { snapshot } = session;
    const about = request(question);
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
    region = null;
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

  function choose(files: Iterable<string>, chosen: boolean): void {
    for (const file of files) {
      if (chosen) left.delete(file);
      else left.add(file);
    }
    keepDraft();
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
    keepDraft();
    onChange();
  }

  async function reveal(number: number): Promise<void> {
    const file = fileOf(number);
    await chat.refresh();
    const image = images.find((each) => each.file === file);
    if (image !== undefined) await host.show(note, image.embed.from, image.embed.to);
    else if (file !== undefined && host.urlOf(file) !== null) await host.openImage(note, file);
  }

  async function insert(turn: number, place: InsertPlace, form: AnswerForm): Promise<void> {
    const said = session.snapshot.conversation.turns[turn];
    const editor = host.editorOf(note);
    if (said === undefined || editor === null) return;
    const { files } = session.snapshot.conversation;
    const linkOf = (number: number) => {
      const plain = words.chatNotes.linkWords(number);
      const image = images.find(({ file }) => file === files[number - 1]);
      return image === undefined ? plain : (imageLink(image.embed, plain) ?? plain);
    };
    const lines = insertableAnswer(said, form, files.length, linkOf);
    const edit =
      place === 'cursor' ? atSelection(editor, lines, form) : belowImage(editor.text(), said, files, lines);
    if (edit === null) {
      host.tell(words.chatNotes.noPlace);
      return;
    }
    await editor.replace(edit);
    const end = edit.from + edit.insert.length;
    await host.show(note, end, end);
  }

  function belowImage(
    markdown: string,
    { pictures, answer }: Turn,
    files: readonly string[],
    lines: readonly string[],
  ): TextEdit | null {
    const named = [
      ...pictures.map(({ image }) => image),
      ...findReferences(answer, files.length).flatMap((found) => found.images),
    ];
    const standing = read(markdown);
    const target =
      named.flatMap((number) => standing.filter(({ file }) => file === files[number - 1]))[0] ?? standing[0];
    return target === undefined ? null : insertBelow(markdown, target.embed, lines);
  }

  function read(markdown: string): NoteImage[] {
    const { language: setting, remoteImages } = settings();
    return noteImages(
      note.path,
      markdown,
      ports.files.index(),
      {
        language: setting,
        fallbackLanguage: fallbackLanguage(null, words.locale),
        remote: remoteImages,
      },
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
        where: where.state(numberOf),
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
        choose(
          numbers.flatMap((number) => fileOf(number) ?? []),
          chosen,
        );
      },
      chooseAtCursor: () => {
        const editor = host.editorOf(note);
        const markdown = editor?.text() ?? '';
        const embed = editor === null ? null : imageAt(markdown, editor.selection().to);
        const image = read(markdown).find(({ embed: each }) => each.target === embed?.target);
        if (image === undefined) host.tell(words.notices.noImages);
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
        host.pickImage(note, (file) => {
          add([file]);
        });
      },
      setRegion,
      detectObjects: (number) => {
        const file = fileOf(number);
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
    chooseOnly: only,
    add,
    rename(from, to) {
      for (const files of [left, pinned, added]) {
        const moved = [...files].map((file) => renamed(file, from, to));
        files.clear();
        for (const file of moved) files.add(file);
      }
      if (region !== null) region = { ...region, file: renamed(region.file, from, to) };
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

/** What is said in several lines, or in a form of its own, stands apart from the text around it. */
function atSelection(editor: ChatEditor, lines: readonly string[], form: AnswerForm): TextEdit {
  const { from, to } = editor.selection();
  const text = editor.text();
  const isBlock = form !== 'plain' || lines.length > 1;
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;
  const nextLine = text.indexOf('\n', to);
  const isTextBefore = text.slice(lineStart, from).trim() !== '';
  const isTextAfter = text.slice(to, nextLine === -1 ? text.length : nextLine).trim() !== '';
  const apart = (isText: boolean) => (isBlock && isText ? '\n\n' : '');
  return { from, to, insert: apart(isTextBefore) + lines.join('\n') + apart(isTextAfter) };
}
