import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/**
 * Opens a file for reading without blocking on a pipe or device.
 * @returns the open file, to be closed by the caller, or null if the path is a folder, a pipe or a device
 * @throws the system's error if it can't be opened
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
