import { isolateHistory } from '@codemirror/commands';
import { Transaction } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { TFile, Vault } from 'obsidian';
import { NotesightError } from '../../../core/errors.ts';
import type { NoteStore } from '../../../core/ports.ts';
import { changesBetween } from '../../../editor/changes-between.ts';
import { isDiskFull } from './disk-full.ts';
import type { OpenEditors } from './open-editors.ts';

/** Maximum number of attempts to update a note while the user is typing in it. */
const MAX_ATTEMPTS = 5;

/**
 * The notes of the vault. A note in an open editor is read and written there, as a separate undo step that does not
 * merge with typing before or after it; any other note is written with `Vault.process`.
 * @param trash deletes a note according to the user's settings for deleted files
 */
export function createObsidianNotes(
  vault: Vault,
  editors: OpenEditors,
  trash: (note: TFile) => Promise<void>,
): NoteStore {
  function noteAt(path: string): TFile {
    const note = vault.getFileByPath(path);
    if (note === null) throw new NotesightError('note_missing', `${path} is not there`, { data: { path } });
    return note;
  }

  const textOf = async (note: TFile) => editors.of(note)?.state.doc.toString() ?? (await vault.read(note));

  return {
    read: async (path) => textOf(noteAt(path)),
    async update(path, change) {
      // The same object, even if the note is renamed in the meantime.
      const note = noteAt(path);
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        const before = await textOf(note);
        const after = await change(before);
        if (after === null || after === before) return false;
        const editor = editors.of(note);
        const written =
          editor === undefined
            ? await replaceInVault(vault, note, before, after)
            : replaceInEditor(editor, before, after);
        if (written) return true;
      }
      throw new NotesightError('note_unwritable', `${note.path} kept changing while it was to be written`, {
        data: { path: note.path },
      });
    },
    async remove(path, text) {
      const note = noteAt(path);
      if ((await textOf(note)) !== text) return false;
      try {
        await trash(note);
        return true;
      } catch (cause) {
        throw unwritable(note, cause);
      }
    },
  };
}

/** @returns whether the note still held `before` and now holds `after` */
async function replaceInVault(vault: Vault, note: TFile, before: string, after: string): Promise<boolean> {
  let stands = false;
  try {
    await vault.process(note, (current) => {
      stands = current === before;
      return stands ? after : current;
    });
  } catch (cause) {
    throw unwritable(note, cause);
  }
  return stands;
}

function unwritable({ path }: TFile, cause: unknown): NotesightError {
  const data = { path, why: cause instanceof Error ? cause.message : undefined };
  const code = isDiskFull(cause) ? 'disk_full' : 'note_unwritable';
  return new NotesightError(code, `${path}: ${String(cause)}`, { data, cause });
}

function replaceInEditor(editor: EditorView, before: string, after: string): boolean {
  if (editor.state.doc.toString() !== before) return false;
  editor.dispatch({
    changes: changesBetween(before, after),
    annotations: [isolateHistory.of('full'), Transaction.userEvent.of('input.notesight')],
  });
  return true;
}
