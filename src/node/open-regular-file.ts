import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/**
 * Opens a file for reading, without waiting on what is no file: a pipe with nobody at its other end, a device.
 * @returns the open file, which the caller closes, or null where the path names a folder, a pipe or a device
 * @throws the system's error where it can't be opened
 */
export async function openRegularFile(path: string): Promise<{ handle: FileHandle; stats: Stats } | null> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await handle.stat();
    if (stats.isFile()) return { handle, stats };
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return null;
}
