import { type DataAdapter, Platform } from 'obsidian';
import * as facts from 'pack:facts';
import { NotesightError } from '../../../core/errors.ts';
import { fingerprint } from '../../../core/image/fingerprint.ts';

/** The contents of a pack, by their names. */
export type PackFiles = ReadonlyMap<string, Blob>;

/** The pack of experts as it lies in the plugin's folder: the very one that the plugin was built with, or none. */
export interface RecognizerPack {
  /** Not on phones and tablets: its experts take more memory than the system leaves to one app there. */
  readonly offered: boolean;
  /**
   * The pack, which is checked when it is first read.
   * @returns null where it is not there or not offered
   * @throws NotesightError `pack_unusable` where it is damaged or another one
   */
  files(): Promise<PackFiles | null>;
  /**
   * Checks a pack and keeps it; nothing is written where it is not the right one.
   * @throws NotesightError `pack_unusable`, `pack_failed` where it can't be written
   */
  install(pack: Blob): Promise<void>;
  /** @throws NotesightError `pack_failed` */
  remove(): Promise<void>;
}

/** @param path relative to the vault */
export function createRecognizerPack(adapter: DataAdapter, path: string): RecognizerPack {
  const offered = !Platform.isMobile;
  let known: PackFiles | null = null;

  const onDisk = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (cause) {
      const detail = cause instanceof Error ? cause.message : String(cause);
      throw new NotesightError('pack_failed', `${path}: ${detail}`, { data: { detail }, cause });
    }
  };
  const remove = async () => {
    if (await adapter.exists(path)) await adapter.remove(path);
  };

  return {
    offered,
    async files() {
      if (known !== null || !offered) return known;
      const stat = await adapter.stat(path);
      if (stat === null) return null;
      checkSize(stat.size);
      known = unpack(await checked(await adapter.readBinary(path)));
      return known;
    },
    async install(pack) {
      checkSize(pack.size);
      const bytes = await checked(await pack.arrayBuffer());
      await onDisk(async () => {
        try {
          await adapter.writeBinary(path, bytes);
        } catch (error) {
          await remove();
          throw error;
        }
      });
      // What lies there now is read when it is needed.
      known = null;
    },
    remove: () => {
      known = null;
      return onDisk(remove);
    },
  };
}

function checkSize(size: number): void {
  if (size !== facts.size) throw unusable(`it has ${size} bytes in place of ${facts.size}`);
}

async function checked(bytes: ArrayBuffer): Promise<ArrayBuffer> {
  checkSize(bytes.byteLength);
  const sha256 = await fingerprint(new Uint8Array(bytes));
  if (sha256 !== facts.sha256) throw unusable(`its SHA-256 is ${sha256}`);
  return bytes;
}

function unusable(why: string): NotesightError {
  return new NotesightError('pack_unusable', `this pack is not the one of this plugin: ${why}`);
}

/** As `scripts/build-expert-pack.mjs` packs it. */
function unpack(bytes: ArrayBuffer): PackFiles {
  const header = new Uint8Array(bytes, 0, new Uint8Array(bytes).indexOf(0x0a));
  const pack = new Blob([bytes]);
  let from = header.length + 1;
  const sizes = JSON.parse(new TextDecoder().decode(header)) as [name: string, size: number][];
  return new Map(sizes.map(([name, size]) => [name, pack.slice(from, (from += size))]));
}
