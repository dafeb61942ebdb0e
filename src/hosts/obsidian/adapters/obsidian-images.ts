import { requestUrl, type Vault } from 'obsidian';
import { NotesightError } from '../../../core/errors.ts';
import { placeholderOf } from '../../../core/image/icloud-placeholder.ts';
import { MAX_IMAGE_BYTES } from '../../../core/image/limits.ts';
import type { ImageStore } from '../../../core/ports.ts';
import { withTimeLimit } from '../../../core/with-time-limit.ts';

/** Time limit for a remote image, in milliseconds. */
const PATIENCE = 60_000;

/** The image files of the vault, and remote images; the caller checks whether remote images are allowed. */
export function createObsidianImages(vault: Vault): ImageStore {
  return {
    async read(source, signal) {
      const remote = /^https?:/i.test(source);
      const bytes = await (remote ? fetched(source, signal) : fromVault(vault, source));
      if (signal.aborted) throw new NotesightError('cancelled', `${source} was being read`);
      return new Uint8Array(bytes);
    },
  };
}

async function fromVault(vault: Vault, path: string): Promise<ArrayBuffer> {
  const file = vault.getFileByPath(path);
  if (file === null) throw await unread(vault, path, 'image_missing', 'it is not there');
  checkSize(path, file.stat.size);
  return vault.readBinary(file).catch(async (cause: unknown) => {
    throw await unread(vault, path, 'image_unreadable', cause);
  });
}

/** The error for an unreadable file; `image_in_icloud` if that is the reason. */
async function unread(
  vault: Vault,
  path: string,
  otherwise: 'image_missing' | 'image_unreadable',
  cause: unknown,
): Promise<NotesightError> {
  const isInICloud = await vault.adapter.exists(placeholderOf(path)).catch(() => false);
  const code = isInICloud ? 'image_in_icloud' : otherwise;
  return new NotesightError(code, `${path}: ${String(cause)}`, { data: { path }, cause });
}

/** Uses `requestUrl`, because few websites allow other origins to read their images. */
async function fetched(url: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const unreadable = (why: string, cause?: unknown) =>
    new NotesightError('image_unreadable', `${url}: ${why}`, { data: { path: url, why }, cause });
  const request = () =>
    requestUrl({ url, throw: false }).catch((cause: unknown) => {
      throw unreadable(cause instanceof Error ? cause.message : String(cause), cause);
    });
  const { status, arrayBuffer } = await withTimeLimit(signal, PATIENCE, unreadable('timeout'), request);
  if (status !== 200) throw unreadable(`HTTP ${status}`);
  checkSize(url, arrayBuffer.byteLength);
  return arrayBuffer;
}

function checkSize(path: string, bytes: number): void {
  if (bytes <= MAX_IMAGE_BYTES) return;
  throw new NotesightError('image_too_large', `${path} has ${bytes} bytes`, {
    data: { path, bytes, maxBytes: MAX_IMAGE_BYTES },
  });
}
