import { NotesightError } from '../core/errors.ts';
import { fingerprint } from '../core/image/fingerprint.ts';

/** What a build knows about its recognizer pack. */
export interface PackFacts {
  /** SHA-256 of the whole file, 64 lowercase hexadecimal digits. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
}

/** The files of a pack, by name. */
export type PackFiles = ReadonlyMap<string, Blob>;

/**
 * Checks that a file is the pack of this build.
 * @throws NotesightError `pack_unusable`
 */
export async function checkPack(bytes: ArrayBuffer, { size, sha256 }: PackFacts): Promise<void> {
  checkPackSize(bytes.byteLength, size);
  const actual = await fingerprint(new Uint8Array(bytes));
  if (actual !== sha256) throw unusable(`its SHA-256 is ${actual}`);
}

/** @throws NotesightError `pack_unusable` */
export function checkPackSize(actual: number, size: number): void {
  if (actual !== size) throw unusable(`it has ${actual} bytes in place of ${size}`);
}

/** The error of a pack that can't be downloaded, read, or written. @param where its address or path */
export function packFailed(where: string, cause: unknown): NotesightError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new NotesightError('pack_failed', `${where}: ${detail}`, { data: { detail }, cause });
}

function unusable(why: string): NotesightError {
  return new NotesightError('pack_unusable', `this pack belongs to another version: ${why}`);
}

/**
 * Unpacks the format written by `scripts/build-recognizer-pack.mjs`.
 * @param bytes a pack that was checked
 */
export function unpack(bytes: ArrayBuffer): PackFiles {
  const header = new Uint8Array(bytes, 0, new Uint8Array(bytes).indexOf(0x0a));
  const pack = new Blob([bytes]);
  let from = header.length + 1;
  const sizes = JSON.parse(new TextDecoder().decode(header)) as [name: string, size: number][];
  return new Map(sizes.map(([name, size]) => [name, pack.slice(from, (from += size))]));
}
