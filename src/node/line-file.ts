import { fsyncSync, readSync, statSync, writeSync } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { NotesightError } from '../core/errors.ts';
import type { LineFile } from '../core/ports.ts';
import { errnoOf, isDiskFull, isMissing } from './errno.ts';
import { removeStaleTemporaries, replaceFile, syncFolder } from './replace-file.ts';

const LINE_FEED = 0x0a;

/**
 * How often a line is appended, or a file read, where another process seems to replace the file meanwhile. There is
 * an end to it since some network file systems number a file anew at each look.
 */
const MAX_ATTEMPTS = 3;

/**
 * A file of lines on the disk, which several processes may append to and rewrite at once: appending is one write
 * in append mode, which local file systems don't mix with others (network file systems may).
 *
 * What `append` has acknowledged survives a kill at any moment, but for two windows, each microseconds wide. A line
 * appended between the last look of a rewrite and its rename is carried over after the rename: it is lost where
 * the rewriting process is killed just then. And where two processes rewrite in the same instant, a line appended
 * between their renames is lost.
 */
export function createLineFile(path: string): LineFile {
  async function append(line: string): Promise<void> {
    try {
      await mkdir(dirname(path), { recursive: true });
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        if (await appendOnce(path, line)) return;
      }
    } catch (error) {
      throw memoryError('memory_unwritable', path, error);
    }
  }

  return {
    async read() {
      try {
        // A log that leads to a device such as /dev/null or /dev/full has no lines, and its end may never come.
        if ((await stat(path)).isCharacterDevice()) return [];
        return wholeLines(await readFile(path));
      } catch (error) {
        if (isMissing(error)) return [];
        throw memoryError('memory_unreadable', path, error);
      }
    },
    append,
    async rewrite(keep) {
      try {
        for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
          const late = await rewriteOnce(await realpath(path), keep);
          if (late === null) continue;
          for (const line of late) await append(line);
          return;
        }
      } catch (error) {
        if (isMissing(error)) return;
        throw memoryError('memory_unwritable', path, error);
      }
    },
  };
}

/** @returns whether the path still names the file that the line went to; another process may have replaced it */
async function appendOnce(path: string, line: string): Promise<boolean> {
  const handle = await open(path, 'a+');
  try {
    const { size, ino } = await handle.stat();
    // A line that a kill tore stays alone, and doesn't spoil this one.
    const start = size > 0 && (await lastByte(handle, size)) !== LINE_FEED ? '\n' : '';
    const bytes = Buffer.from(`${start}${line}\n`);
    const { bytesWritten } = await handle.write(bytes);
    if (bytesWritten < bytes.length)
      throw Object.assign(new Error('The disk took only a part of the line.'), { code: 'ENOSPC' });
    await handle.sync();
    if (size === 0) await syncFolder(dirname(path));
    return (await inodeOf(path)) === ino;
  } finally {
    await handle.close();
  }
}

async function lastByte(handle: FileHandle, size: number): Promise<number | undefined> {
  const byte = new Uint8Array(1);
  await handle.read(byte, 0, 1, size - 1);
  return byte[0];
}

async function inodeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).ino;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** @returns the lines that came too late to be carried over, or null where another process was quicker */
async function rewriteOnce(path: string, keep: (lines: string[]) => string[]): Promise<string[] | null> {
  const old = await open(path, 'r');
  try {
    const stats = await old.stat();
    const bytes = await old.readFile();
    const kept = keep(wholeLines(bytes)).map((line) => `${line}\n`);
    await removeStaleTemporaries(dirname(path));

    let read = wholeBytes(bytes).length;
    const replaced = await replaceFile(path, Buffer.from(kept.join('')), stats, (temporary) => {
      for (;;) {
        const appended = wholeBytes(readFrom(old, read));
        if (appended.length === 0) break;
        read += appended.length;
        writeSync(temporary.fd, appended);
        fsyncSync(temporary.fd);
      }
      return statSync(path).ino === stats.ino;
    });
    return replaced ? wholeLines(readFrom(old, read)) : null;
  } finally {
    await old.close();
  }
}

/** The bytes of an open file from an offset to its end, in one go: nobody else's turn lies between. */
function readFrom(file: FileHandle, offset: number): Buffer {
  const chunks: Buffer[] = [];
  for (;;) {
    const chunk = Buffer.alloc(64 * 1024);
    const length = readSync(file.fd, chunk, 0, chunk.length, offset);
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, length));
    offset += length;
  }
}

/** Without a last line that is torn, or that another process is just writing. */
function wholeBytes(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.lastIndexOf(LINE_FEED) + 1);
}

/** Bytes that are no UTF-8 become replacement characters: one spoilt line doesn't cost the others. */
function wholeLines(bytes: Buffer): string[] {
  return wholeBytes(bytes)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}

function memoryError(
  code: 'memory_unreadable' | 'memory_unwritable',
  path: string,
  cause: unknown,
): NotesightError {
  return new NotesightError(isDiskFull(cause) ? 'disk_full' : code, `${path}: ${String(cause)}`, {
    data: { path, why: errnoOf(cause) },
    cause,
  });
}
