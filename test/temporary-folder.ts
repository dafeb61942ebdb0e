import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** Creates an empty folder, given by its real path, that is removed when the test ends. */
export function temporaryFolder(context: TestContext): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'notesight-test-')));
  context.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
