import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { NotesightError } from '../core/errors.ts';
import type { NoteStore } from '../core/ports.ts';
import { errnoOf, isDiskFull, isMissing } from './errno.ts';
import { removeStaleTemporaries, replaceFile } from './replace-file.ts';
import { realPathInside } from './vault-path.ts';

/** Maximum number of attempts to update a note that other programs keep writing. */
const MAX_ATTEMPTS = 5;

interface LoadedNote {
  readonly realPath: string;
  readonly bytes: Buffer;
  readonly stats: Stats;
  readonly text: string;
}

/**
 * Notes as files. A note is written to a temporary file and renamed into place, right after checking that it still
 * holds what was read; a write in the microseconds between the check and the rename is overwritten. If a note is a
 * symbolic link, its target is written, provided it is inside the vault.
 * @param vaultRoot an absolute path
 */
export function createNoteFiles(vaultRoot: string): NoteStore {
  const lastUpdates = new Map<string, Promise<unknown>>();
  const cleanedFolders = new Set<string>();

  /** Several images of one note may be processed at once, so updates of a note run one after the other. */
  async function inTurn<T>(path: string, work: () => Promise<T>): Promise<T> {
    const turn = (lastUpdates.get(path) ?? Promise.resolve()).then(work, work);
    lastUpdates.set(path, turn);
    try {
      return await turn;
    } finally {
      if (lastUpdates.get(path) === turn) lastUpdates.delete(path);
    }
  }

  async function write(path: string, note: LoadedNote, text: string): Promise<boolean> {
    const folder = dirname(note.realPath);
    try {
      // A rename would replace even a read-only file.
      await (await open(note.realPath, 'r+')).close();
      if (!cleanedFolders.has(folder)) {
        await removeStaleTemporaries(folder);
        cleanedFolders.add(folder);
      }
      const stands = () => readFileSync(note.realPath).equals(note.bytes);
      return await replaceFile(note.realPath, Buffer.from(text), note.stats, stands);
    } catch (error) {
      throw noteError(error, path, 'note_unwritable');
    }
  }

  return {
    read: (path) =>
      new Promise((resolve) => {
        resolve(load(vaultRoot, path).text);
      }),
    update(path, change) {
      return inTurn(path, async () => {
        for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
          const note = load(vaultRoot, path);
          const text = await change(note.text);
          if (text === null || text === note.text) return false;
          if (await write(path, note, text)) return true;
        }
        throw new NotesightError('note_unwritable', `${path} kept changing while it was to be written`, {
          data: { path },
        });
      });
    },
    remove(path, text) {
      return inTurn(path, async () => {
        const note = load(vaultRoot, path);
        if (note.text !== text) return false;
        try {
          await unlink(note.realPath);
          return true;
        } catch (error) {
          throw noteError(error, path, 'note_unwritable');
        }
      });
    },
  };
}

/**
 * Reads synchronously: a note is a few kilobytes, and each asynchronous file system call takes several times as long
 * as the read itself, which is noticeable in a vault with thousands of notes.
 */
function load(vaultRoot: string, path: string): LoadedNote {
  const unreadable = (why: string) =>
    new NotesightError('note_unreadable', `${path}: ${why}`, { data: { path, why } });
  try {
    const realPath = realPathInside(vaultRoot, path);
    if (realPath === null) throw unreadable('outside the vault');
    // Must not block on a pipe without a writer, or on a device.
    const file = openSync(realPath, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = fstatSync(file);
      if (!stats.isFile()) throw unreadable('not a regular file');
      const bytes = readFileSync(file);
      const text = decode(bytes);
      if (text === null) throw unreadable('not UTF-8');
      return { realPath, bytes, stats, text };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw noteError(error, path, 'note_unreadable');
  }
}

/** Strict, and keeps the byte order mark, so that encoding the text returns the same bytes. */
function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function noteError(
  error: unknown,
  path: string,
  code: 'note_unreadable' | 'note_unwritable',
): NotesightError {
  if (error instanceof NotesightError) return error;
  const known = isMissing(error) ? 'note_missing' : isDiskFull(error) ? 'disk_full' : code;
  return new NotesightError(known, `${path}: ${String(error)}`, {
    data: { path, why: errnoOf(error) },
    cause: error,
  });
}
