import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { checkPack, type PackFacts, packFailed, unpack } from '../recognizers/pack.ts';

/** The name of a version's folder: the first digits of the SHA-256. */
const VERSION = /^[0-9a-f]{16}$/;

/** The unpacked recognizer pack: exactly the version that this build accepts, or none. */
export interface PackFolder {
  /** Whether the files are there. */
  readonly isInstalled: () => boolean;
  /** The folder with the files, as in `dist/recognizers`. */
  readonly path: string;
  /**
   * Checks and unpacks a pack, and removes other versions; a wrong pack is not written.
   * @throws NotesightError `pack_unusable`, or `pack_failed` if it can't be written
   */
  readonly install: (pack: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** @throws NotesightError `pack_failed` */
  remove(): Promise<void>;
}

/** @param parent an absolute path that only packs are in */
export function createPackFolder(parent: string, facts: PackFacts): PackFolder {
  const path = join(parent, facts.sha256.slice(0, 16));
  return {
    path,
    isInstalled: () => existsSync(path),
    async install(pack) {
      const { buffer } = pack.byteLength === pack.buffer.byteLength ? pack : pack.slice();
      await checkPack(buffer, facts);
      await onDisk(path, () => unpackInto(parent, path, buffer));
    },
    remove: () => onDisk(parent, () => rm(parent, { recursive: true, force: true })),
  };
}

/** The folder gets its name last, so a folder with that name is complete. */
async function unpackInto(parent: string, path: string, pack: ArrayBuffer): Promise<void> {
  const building = join(parent, randomUUID());
  await mkdir(building, { recursive: true });
  try {
    for (const [name, file] of unpack(pack)) {
      await writeFile(join(building, basename(name)), new Uint8Array(await file.arrayBuffer()));
    }
    await rm(path, { recursive: true, force: true });
    await rename(building, path);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  for (const name of await readdir(parent)) {
    if (!VERSION.test(name) || name === basename(path)) continue;
    // Another window may still use an older version; its files are removed at the next installation.
    await rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

async function onDisk(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throw packFailed(path, cause);
  }
}
