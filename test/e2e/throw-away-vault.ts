import { existsSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ObsidianCli } from './obsidian-cli.ts';

/** Marks a vault that may be written to and whose contents are disposable. */
export const MARK = '.notesight-e2e';

/** Obsidian's name for a vault: the name of its folder. */
export function vaultName(folder: string): string {
  return basename(folder);
}

/** @throws Error if the folder isn't marked, or is not a vault opened in Obsidian */
export function checkMark(folder: string): void {
  if (!existsSync(join(folder, MARK))) {
    throw new Error(
      `${folder} is not marked as a vault to throw away. Make a new, empty vault in Obsidian, and an empty file ${MARK} in it.`,
    );
  }
  if (!existsSync(join(folder, '.obsidian'))) {
    throw new Error(`${folder} is no vault yet: open it in Obsidian once.`);
  }
}

/** @throws Error if Obsidian knows another vault by this name */
export async function checkPath(cli: ObsidianCli, folder: string): Promise<void> {
  const path = await cli.run('vault', 'info=path');
  if (!existsSync(path) || realpathSync(path) !== realpathSync(folder)) {
    throw new Error(`Obsidian knows ${vaultName(folder)} as ${path || 'nothing'}, which is not ${folder}.`);
  }
}
