import { chownSync } from 'node:fs';

/** "nobody" by convention; any user except root works. */
const ORDINARY_USER = 65534;

/**
 * Runs a permission test, which root would bypass, as another user who owns the folder.
 * @param folder the folder that the test uses
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
