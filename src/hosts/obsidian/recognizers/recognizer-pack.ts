import { type DataAdapter, Platform } from 'obsidian';
import * as facts from 'pack:facts';
import { checkPack, checkPackSize, packFailed, type PackFiles, unpack } from '../../../recognizers/pack.ts';

/** The recognizer pack in the plugin's folder: exactly the version that the plugin was built with, or none. */
export interface RecognizerPack {
  /** False on phones and tablets: the recognizers need more memory than an app may use there. */
  readonly offered: boolean;
  /**
   * The pack, verified on the first read.
   * @returns null if it is not installed or not offered
   * @throws NotesightError `pack_unusable` if it is damaged or a different version
   */
  files(): Promise<PackFiles | null>;
  /**
   * Verifies and stores a pack; a wrong one is not written.
   * @throws NotesightError `pack_unusable`, or `pack_failed` if it can't be written
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
      throw packFailed(path, cause);
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
      checkPackSize(stat.size, facts.size);
      known = unpack(await checked(await adapter.readBinary(path)));
      return known;
    },
    async install(pack) {
      checkPackSize(pack.size, facts.size);
      const bytes = await checked(await pack.arrayBuffer());
      await onDisk(async () => {
        try {
          await adapter.writeBinary(path, bytes);
        } catch (error) {
          await remove();
          throw error;
        }
      });
      // Read the current file on next use.
      known = null;
    },
    remove: () => {
      known = null;
      return onDisk(remove);
    },
  };
}

async function checked(bytes: ArrayBuffer): Promise<ArrayBuffer> {
  await checkPack(bytes, facts);
  return bytes;
}
