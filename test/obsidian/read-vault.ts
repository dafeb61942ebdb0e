import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface VaultFiles {
  /** Path → text of notes and hidden files. */
  readonly files: Readonly<Record<string, string>>;
  /** Path → bytes of all others. */
  readonly binaries: Readonly<Record<string, Uint8Array>>;
}

/** Reads a folder as the options for `open`. */
export async function readVault(folder: string): Promise<VaultFiles> {
  const files: Record<string, string> = {};
  const binaries: Record<string, Uint8Array> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const absolute = join(entry.parentPath, entry.name);
    const path = absolute.slice(join(folder, '/').length).replaceAll('\\', '/');
    if (/\.(md|json)$/.test(path)) files[path] = await readFile(absolute, 'utf8');
    else binaries[path] = await readFile(absolute);
  }
  return { files, binaries };
}
