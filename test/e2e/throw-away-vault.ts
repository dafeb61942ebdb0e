import { existsSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ObsidianCli } from './obsidian-cli.ts';

/** Says that a vault may be written to and that nobody will miss what is in it. */
export const MARK = '.notesight-e2e';

/** The name by which Obsidian knows a vault: its folder's. */
export function vaultName(folder: string): string {
  return basename(folder);
}

/** @throws Error where the folder isn't marked, or is no vault that Obsidian has opened */
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

/** @throws Error where Obsidian knows another vault by the name */
export async function checkPath(cli: ObsidianCli, folder: string): Promise<void> {
  const path = await cli.run('vault', 'info=path');
  if (!existsSync(path) || realpathSync(path) !== realpathSync(folder)) {
    throw new Error(`Obsidian knows ${vaultName(folder)} as ${path || 'nothing'}, which is not ${folder}.`);
  }
}
