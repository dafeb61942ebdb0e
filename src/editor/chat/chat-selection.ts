import type { AskImage, AskRequest } from '../../core/ask/ask-request.ts';
import type { ChatSession } from '../../core/ask/chat-session.ts';
import { withFiles } from '../../core/ask/conversation.ts';
import { type NoteImage, textAround } from '../../core/ask/note-images.ts';
import type { ChatActions } from '../../ui/chat/chat-state.ts';
import type { ChatContext } from './chat-context.ts';
import type { ChatNoteImages } from './chat-note-images.ts';
import type { NoteDraft } from './note-draft.ts';

/** The images that a question is about, and the selected region of one. Every change is stored in the draft. */
export interface ChatSelection {
  /** Every image that can be selected, by its number in the conversation. */
  readonly numbered: () => ReadonlyMap<number, string>;
  readonly fileOf: (number: number) => string | undefined;
  /** @returns 0 for a file that can't be selected */
  readonly numberOf: (file: string) => number;
  /** The files of the selected images, by their numbers. */
  readonly chosen: () => readonly string[];
  readonly choose: ChatActions['choose'];
  readonly chooseOnly: (file: string) => void;
  /** Adds images from outside the note and selects all of them. */
  readonly add: (files: readonly string[]) => void;
  readonly pin: ChatActions['pin'];
  readonly setRegion: ChatActions['setRegion'];
  /** The request for a question with the current selection. */
  readonly request: (question: string) => AskRequest;
}

/** What a selection knows about the next question. */
export interface SelectionParts {
  readonly draft: NoteDraft;
  readonly images: ChatNoteImages;
  readonly context: ChatContext;
}

/**
 * @param session the conversation, which numbers the files
 * @param onChange called after each change
 */
export function createChatSelection(
  { draft, images, context }: SelectionParts,
  session: ChatSession,
  onChange: () => void,
): ChatSelection {
  const { deselected, pinned, added } = draft;

  const inNote = (file: string) => images.current.find((image) => image.file === file);

  function numbered(): Map<number, string> {
    const shown = new Set([...images.current.map(({ file }) => file), ...added]);
    const { files } = withFiles(session.snapshot.conversation, [...shown]);
    return new Map(files.flatMap((file, index) => (shown.has(file) ? [[index + 1, file] as const] : [])));
  }

  function fileOf(number: number): string | undefined {
    return numbered().get(number) ?? session.snapshot.conversation.files[number - 1];
  }

  const chosen = () => [...numbered().values()].filter((file) => !deselected.has(file));

  function saveChange(): void {
    draft.save();
    onChange();
  }

  function select(files: Iterable<string>, chosen = true): void {
    for (const file of files) {
      if (chosen) deselected.delete(file);
      else deselected.add(file);
    }
    saveChange();
  }

  return {
    numbered,
    fileOf,
    numberOf: (file) => [...numbered()].find(([, each]) => each === file)?.[0] ?? 0,
    chosen,
    choose(numbers, on) {
      select(
        numbers.flatMap((number) => fileOf(number) ?? []),
        on,
      );
    },
    chooseOnly(file) {
      for (const other of numbered().values()) deselected.add(other);
      select([file]);
    },
    add(files) {
      for (const file of files) if (inNote(file) === undefined) added.add(file);
      select(files);
    },
    pin(number, on) {
      const file = fileOf(number);
      if (file === undefined) return;
      if (on) pinned.add(file);
      else pinned.delete(file);
      select([file]);
    },
    setRegion(number, part) {
      const file = fileOf(number);
      draft.region = file === undefined || part === null ? null : { file, part };
      if (file !== undefined) deselected.delete(file);
      saveChange();
    },
    request(question) {
      const files = chosen();
      const numbers = new Map([...numbered()].map(([number, file]) => [file, number]));
      const numberIn = (file: string) => numbers.get(file) ?? 0;
      const { region } = draft;
      return {
        question,
        files: [...numbered().values()],
        images: files.map((file) => askImage(file, inNote(file), pinned.has(file))),
        note: context.noteWith(numberIn),
        selection: context.selectionWith(numberIn),
        notes: [...draft.notes],
        region: region !== null && files.includes(region.file) ? region : null,
      };
    },
  };
}

function askImage(file: string, image: NoteImage | undefined, pinned: boolean): AskImage {
  return {
    file,
    alt: image?.embed.alt ?? '',
    around: image === undefined ? '' : textAround(image.context),
    pinned,
  };
}
