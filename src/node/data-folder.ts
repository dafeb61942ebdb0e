import envPaths from 'env-paths';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { NotesightError } from '../core/errors.ts';
import { errnoOf, isDiskFull } from './errno.ts';
import type { Vault } from './find-vault-root.ts';

/** Where what is known of a vault lies (absolute paths). */
export interface DataFolder {
  /** The caption log. */
  readonly captions: string;
  /** The journal of what was written. */
  readonly journal: string;
  /** What a model made of the words of images, to find them by meaning. */
  readonly vectors: string;
}

/**
 * An Obsidian vault carries its log and journal with it, in the plugin's folder, which all hosts share. Any other
 * vault has them in the user's data folder, in a folder of its own with a `vault.json` that tells its path.
 * The environment variable `NOTESIGHT_DATA` names another folder to use instead of the user's data folder.
 * @throws NotesightError `memory_unwritable`, `disk_full`
 */
export async function dataFolder(vault: Vault): Promise<DataFolder> {
  const folder =
    vault.kind === 'obsidian'
      ? join(vault.root, '.obsidian', 'plugins', 'notesight')
      : await folderInUserData(vault.root);
  return {
    captions: join(folder, 'captions.jsonl'),
    journal: join(folder, 'journal.jsonl'),
    vectors: join(folder, 'vectors.jsonl'),
  };
}

async function folderInUserData(vaultRoot: string): Promise<string> {
  const hash = createHash('sha256').update(vaultRoot).digest('hex').slice(0, 16);
  const folder = resolve(userData(), 'vaults', hash);
  const label = join(folder, 'vault.json');
  const text = `${JSON.stringify({ path: vaultRoot })}\n`;
  try {
    await mkdir(folder, { recursive: true });
    // On a full disk, writing it again would leave it empty.
    if ((await readFile(label, 'utf8').catch(() => '')) !== text) await writeFile(label, text);
  } catch (cause) {
    const data = { path: label, why: errnoOf(cause) };
    const code = isDiskFull(cause) ? 'disk_full' : 'memory_unwritable';
    throw new NotesightError(code, `${label}: ${String(cause)}`, { data, cause });
  }
  return folder;
}

/** Where it is remembered which models of servers that don't tell can see. An absolute path. */
export function visionCapabilityFile(): string {
  return resolve(userData(), 'sighted-models.jsonl');
}

function userData(): string {
  const named = process.env['NOTESIGHT_DATA'];
  return named === undefined || named === '' ? envPaths('notesight', { suffix: '' }).data : named;
}
