import { fsyncSync, readSync, statSync, writeSync } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { NotesightError } from '../core/errors.ts';
import type { LineFile } from '../core/ports.ts';
import { errnoOf, isDiskFull, isMissing } from './errno.ts';
import { removeStaleTemporaries, replaceFile, syncFolder } from './replace-file.ts';

const LINE_FEED = 0x0a;

/**
 * Maximum number of attempts to append a line or read a file while another process seems to replace it. Limited
 * because some network file systems report a different file number each time.
 */
const MAX_ATTEMPTS = 3;

/**
 * A file of lines on disk that several processes may append to and rewrite at the same time. Each append is one write
 * in append mode, which local file systems keep separate (network file systems may not). An acknowledged `append`
 * survives a kill at any moment, except in two windows of microseconds. A line appended between the last check of a
 * rewrite and its rename is carried over after the rename; it is lost if the rewriting process is killed at that
 * point. If two processes rewrite at the same instant, a line appended between their renames is lost.
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
        // A log linked to a device such as /dev/null or /dev/full has no lines, and reading it may never end.
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

/**
 * @returns whether the path still refers to the file that the line was written to; another process may have replaced
 * it
 */
async function appendOnce(path: string, line: string): Promise<boolean> {
  const handle = await open(path, 'a+');
  try {
    const { size, ino } = await handle.stat();
    // Start a new line, so that a line truncated by a kill doesn't corrupt this one.
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

/** @returns the lines appended too late to be carried over, or null if another process was faster */
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

/**
 * Reads an open file from an offset to its end, synchronously, so that nothing else in this process runs in between.
 */
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

/** Drops a last line that is truncated or still being written by another process. */
function wholeBytes(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.lastIndexOf(LINE_FEED) + 1);
}

/** Invalid UTF-8 becomes replacement characters, so that one corrupt line doesn't affect the others. */
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
