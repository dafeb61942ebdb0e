import { chownSync } from 'node:fs';

/** "nobody" by custom; any user but root will do. */
const ORDINARY_USER = 65534;

/**
 * Runs a test of permissions, which root is above: there, as another user who owns the folder.
 * @param folder that the work is about
 */
export async function asOrdinaryUser(folder: string, work: () => Promise<void>): Promise<void> {
  const user = process.geteuid?.();
  if (user !== 0 || process.seteuid === undefined) {
    await work();
    return;
  }
  chownSync(folder, ORDINARY_USER, ORDINARY_USER);
  process.seteuid(ORDINARY_USER);
  try {
    await work();
  } finally {
    process.seteuid(user);
  }
}
