import envPaths from 'env-paths';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { NotesightError } from '../core/errors.ts';
import { errnoOf, isDiskFull } from './errno.ts';
import type { Vault } from './find-vault-root.ts';

/** Where the data of a vault is stored (absolute paths). */
export interface DataFolder {
  /** The caption log. */
  readonly captions: string;
  /** The journal of changes to notes. */
  readonly journal: string;
  /** The embeddings of image texts, for search by meaning. */
  readonly vectors: string;
}

/**
 * An Obsidian vault stores its log and journal in the plugin's folder, shared by all hosts. Any other vault uses its
 * own folder in the user's data folder, with a `vault.json` that contains the path of the vault. The environment
 * variable `NOTESIGHT_DATA` replaces the user's data folder.
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
    // Rewriting it on a full disk would leave it empty.
    if ((await readFile(label, 'utf8').catch(() => '')) !== text) await writeFile(label, text);
  } catch (cause) {
    const data = { path: label, why: errnoOf(cause) };
    const code = isDiskFull(cause) ? 'disk_full' : 'memory_unwritable';
    throw new NotesightError(code, `${label}: ${String(cause)}`, { data, cause });
  }
  return folder;
}

/** The file that caches which models support images, for servers that don't report it. An absolute path. */
export function visionCapabilityFile(): string {
  return resolve(userData(), 'sighted-models.jsonl');
}

function userData(): string {
  const named = process.env['NOTESIGHT_DATA'];
  return named === undefined || named === '' ? envPaths('notesight', { suffix: '' }).data : named;
}
