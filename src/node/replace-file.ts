import { randomBytes } from 'node:crypto';
import { renameSync, type Stats } from 'node:fs';
import { type FileHandle, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Hidden, so that editors and sync tools skip it, and recognizable as a file of Notesight. */
const TEMPORARY = /^\.notesight-[0-9a-f]{16}\.tmp$/;

/** A temporary file lives for milliseconds; one older than this (in milliseconds) was left by a killed process. */
const STALE_AFTER = 5 * 60_000;

/**
 * Replaces a file atomically: a reader gets the old bytes or the new ones, also if this process is killed. The new
 * file keeps the mode of the old one, and its owner if permitted. It is a different file to the system, so hard links
 * to the old one keep the old bytes.
 * @param like stats of the old file
 * @param ready the last check before the rename, with the temporary file still open; nothing is awaited in between,
 * so they are microseconds apart. If it returns false, nothing is replaced.
 * @returns whether the file was replaced
 * @throws the system's error; no temporary file is left
 */
export async function replaceFile(
  path: string,
  bytes: Uint8Array,
  like: Stats,
  ready: (temporary: FileHandle) => boolean,
): Promise<boolean> {
  const folder = dirname(path);
  const temporary = join(folder, `.notesight-${randomBytes(8).toString('hex')}.tmp`);
  const handle = await open(temporary, 'wx', 0o600);
  let replaced = false;
  try {
    await handle.writeFile(bytes);
    await takeOver(handle, like);
    await handle.sync();
    if (ready(handle)) {
      renameSync(temporary, path);
      replaced = true;
    }
  } finally {
    await handle.close();
    if (!replaced) await rm(temporary, { force: true });
  }
  if (replaced) await syncFolder(folder);
  return replaced;
}

/** Removes temporary files that killed processes left in a folder. */
export async function removeStaleTemporaries(folder: string): Promise<void> {
  // Ignore a folder that is writable but can't be listed.
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((name) => TEMPORARY.test(name))) {
    const path = join(folder, name);
    // Another process may be removing the same file.
    const stats = await stat(path).catch(() => null);
    if (stats !== null && Date.now() - stats.mtimeMs > STALE_AFTER) await rm(path, { force: true });
  }
}

/**
 * Flushes the names in a folder to disk. On file systems without support for this, a power failure may lose the name.
 */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

async function takeOver(handle: FileHandle, like: Stats): Promise<void> {
  const own = await handle.stat();
  if (own.uid !== like.uid || own.gid !== like.gid) {
    // Only root can change the owner; the content matters more.
    await handle.chown(like.uid, like.gid).catch(() => undefined);
  }
  await handle.chmod(like.mode & 0o7777);
}
