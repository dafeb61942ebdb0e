import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ErrorCode, NotesightError } from '../core/errors.ts';
import { placeholderOf } from '../core/image/icloud-placeholder.ts';
import type { ImageStore } from '../core/ports.ts';
import { errnoOf, isInICloud, isMissing } from './errno.ts';
import { openRegularFile } from './open-regular-file.ts';
import { realPathInside } from './vault-path.ts';

/** Number of bytes read between two checks of the signal. */
const CHUNK_BYTES = 4 * 1024 * 1024;

/**
 * Image files of a vault.
 * @param vaultRoot an absolute path
 * @param maxBytes a larger file is rejected before it is read
 */
export function createImageFiles(vaultRoot: string, maxBytes: number): ImageStore {
  return {
    async read(path, signal) {
      const failure = (code: ErrorCode, why: string, cause?: unknown) =>
        new NotesightError(code, `${path}: ${why}`, { data: { path, why }, cause });
      const stopIfAborted = () => {
        if (signal.aborted) throw failure('cancelled', 'was being read', signal.reason);
      };

      stopIfAborted();
      try {
        const realPath = realPathInside(vaultRoot, path);
        if (realPath === null) throw failure('image_outside_vault', 'outside the vault');
        const file = await openRegularFile(realPath);
        if (file === null) throw failure('image_unreadable', 'not a regular file');
        const { handle, stats } = file;
        try {
          if (stats.size > maxBytes) {
            throw new NotesightError('image_too_large', `${path} has ${stats.size} bytes`, {
              data: { path, bytes: stats.size, maxBytes },
            });
          }
          const bytes = new Uint8Array(stats.size);
          let length = 0;
          while (length < bytes.length) {
            stopIfAborted();
            const { bytesRead } = await handle.read(
              bytes,
              length,
              Math.min(CHUNK_BYTES, bytes.length - length),
            );
            if (bytesRead === 0)
              throw failure('image_unreadable', 'the file was truncated while it was read');
            length += bytesRead;
          }
          stopIfAborted();
          return bytes;
        } finally {
          await handle.close();
        }
      } catch (error) {
        if (error instanceof NotesightError) throw error;
        throw failure(codeOf(error, vaultRoot, path), errnoOf(error) ?? String(error), error);
      }
    },
  };
}

function codeOf(error: unknown, vaultRoot: string, path: string): ErrorCode {
  if (isInICloud(error)) return 'image_in_icloud';
  if (!isMissing(error)) return 'image_unreadable';
  return existsSync(join(vaultRoot, placeholderOf(path))) ? 'image_in_icloud' : 'image_missing';
}
