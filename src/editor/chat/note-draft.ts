import { renamed } from '../../core/ask/conversation.ts';
import type { Draft, Drafts } from '../../core/ask/drafts.ts';
import type { ChatNote } from './chat-host.ts';
import type { DroppedImages } from './dropped-images.ts';

/** What the user has prepared for the next question about a note. Changes are stored only by `save`. */
export interface NoteDraft {
  /** The question in the box. */
  text: string;
  /** The edited, unsent questions of turns. */
  edits: Draft['edits'];
  readonly deselected: Set<string>;
  readonly pinned: Set<string>;
  /** Images from outside the note. */
  readonly added: Set<string>;
  region: Draft['region'];
  withoutNote: Draft['withoutNote'];
  withoutSelection: Draft['withoutSelection'];
  /** Other notes to include, as paths. */
  readonly notes: Set<string>;
  save(): void;
  /** Updates paths after a file or folder was renamed or moved. */
  rename(from: string, to: string): void;
}

export function openNoteDraft(note: ChatNote, drafts: Drafts, dropped: DroppedImages): NoteDraft {
  const { left, pinned, added, notes, ...stored } = drafts.get(note.path);
  const draft: NoteDraft = {
    ...stored,
    deselected: new Set(left),
    pinned: new Set(pinned),
    added: new Set(added),
    notes: new Set(notes),
    save() {
      drafts.put(note.path, {
        ...draft,
        left: [...draft.deselected],
        pinned: [...draft.pinned],
        notes: [...draft.notes],
        // A dropped image has no file, so it is lost after a restart.
        added: [...draft.added].filter((file) => dropped.urlOf(file) === null),
      });
    },
    rename(from, to) {
      for (const files of [draft.deselected, draft.pinned, draft.added, draft.notes]) {
        const moved = [...files].map((file) => renamed(file, from, to));
        files.clear();
        for (const file of moved) files.add(file);
      }
      const { region } = draft;
      if (region !== null) draft.region = { ...region, file: renamed(region.file, from, to) };
    },
  };
  return draft;
}

/** The edited, unsent question of a turn; '' if there is none. */
export function editOf({ edits }: NoteDraft, turn: number, question: string): string {
  return edits.find((edit) => edit.turn === turn && edit.of === question)?.text ?? '';
}
