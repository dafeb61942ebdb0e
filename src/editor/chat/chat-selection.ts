import type { AskRequest } from '../../core/ask/ask-request.ts';
import { type Conversation, renamed, withFiles } from '../../core/ask/conversation.ts';
import type { Draft } from '../../core/ask/drafts.ts';
import { type NoteImage, textAround } from '../../core/ask/note-images.ts';
import type { PixelRegion } from '../../core/ports.ts';

/** The images that a question is about, and the selected region of one. */
export interface ChatSelection {
  /** Every image that can be selected, by its number in the conversation. */
  readonly numbered: () => ReadonlyMap<number, string>;
  readonly fileOf: (number: number) => string | undefined;
  /** @returns 0 for a file that can't be selected */
  readonly numberOf: (file: string) => number;
  readonly isChosen: (file: string) => boolean;
  readonly isPinned: (file: string) => boolean;
  readonly region: AskRequest['region'];
  readonly choose: (files: Iterable<string>, chosen: boolean) => void;
  readonly chooseOnly: (file: string) => void;
  /** Adds images from outside the note and selects all of them. */
  readonly add: (files: readonly string[]) => void;
  /** Sets whether an image is always sent as an image. */
  readonly pin: (file: string, on: boolean) => void;
  readonly setRegion: (number: number, part: PixelRegion | null) => void;
  /** Clears the region, for example after the question is sent. */
  readonly clearRegion: () => void;
  /** Restores a region unless another one has been set since. */
  readonly restoreRegion: (region: AskRequest['region']) => void;
  /** The request for a question with the current selection. */
  readonly request: (question: string) => AskRequest;
  /** Updates paths after a file or folder was renamed or moved. */
  readonly rename: (from: string, to: string) => void;
  /**
   * The part of the selection stored with the draft.
   * @param keeps whether an added file is still available after a restart
   */
  readonly draft: (keeps: (file: string) => boolean) => Pick<Draft, 'left' | 'pinned' | 'added' | 'region'>;
}

/**
 * @param images the current images of the note
 * @param conversation the current conversation, which numbers the files
 * @param onChange called after each change by the user
 */
export function createChatSelection(
  draft: Pick<Draft, 'left' | 'pinned' | 'added' | 'region'>,
  images: () => readonly NoteImage[],
  conversation: () => Conversation,
  onChange: () => void,
): ChatSelection {
  const added = new Set<string>(draft.added);
  const left = new Set<string>(draft.left);
  const pinned = new Set<string>(draft.pinned);
  let region: AskRequest['region'] = draft.region;

  function numbered(): Map<number, string> {
    const shown = new Set([...images().map(({ file }) => file), ...added]);
    const { files } = withFiles(conversation(), [...shown]);
    return new Map(files.flatMap((file, index) => (shown.has(file) ? [[index + 1, file] as const] : [])));
  }

  function fileOf(number: number): string | undefined {
    return numbered().get(number) ?? conversation().files[number - 1];
  }

  function choose(files: Iterable<string>, chosen: boolean): void {
    for (const file of files) {
      if (chosen) left.delete(file);
      else left.add(file);
    }
    onChange();
  }

  return {
    numbered,
    fileOf,
    numberOf: (file) => [...numbered()].find(([, each]) => each === file)?.[0] ?? 0,
    isChosen: (file) => !left.has(file),
    isPinned: (file) => pinned.has(file),
    get region() {
      return region;
    },
    choose,
    chooseOnly(file) {
      for (const other of numbered().values()) left.add(other);
      choose([file], true);
    },
    add(files) {
      for (const file of files) {
        if (!images().some((image) => image.file === file)) added.add(file);
      }
      choose(files, true);
    },
    pin(file, on) {
      if (on) pinned.add(file);
      else pinned.delete(file);
      choose([file], true);
    },
    setRegion(number, part) {
      const file = fileOf(number);
      region = file === undefined || part === null ? null : { file, part };
      if (file !== undefined) left.delete(file);
      onChange();
    },
    clearRegion() {
      region = null;
    },
    restoreRegion(before) {
      region ??= before;
    },
    request(question) {
      const files = [...numbered().values()];
      const chosen = files.filter((file) => !left.has(file));
      return {
        question,
        files,
        images: chosen.map((file) => {
          const known = images().find((image) => image.file === file);
          return {
            file,
            alt: known?.embed.alt ?? '',
            around: known === undefined ? '' : textAround(known.context),
            pinned: pinned.has(file),
          };
        }),
        region: region !== null && chosen.includes(region.file) ? region : null,
      };
    },
    rename(from, to) {
      for (const files of [left, pinned, added]) {
        const moved = [...files].map((file) => renamed(file, from, to));
        files.clear();
        for (const file of moved) files.add(file);
      }
      if (region !== null) region = { ...region, file: renamed(region.file, from, to) };
    },
    draft: (keeps) => ({
      left: [...left],
      pinned: [...pinned],
      added: [...added].filter(keeps),
      region,
    }),
  };
}
