import { NotesightError } from '../errors.ts';
import { fileInstead } from './file-instead.ts';
import { imageKind, type ImageKind } from './image-kind.ts';
import { MAX_IMAGE_BYTES } from './limits.ts';
import { notAnImage } from './not-an-image.ts';

/**
 * Checks a file before its header is read.
 * @throws NotesightError `image_too_large`, `image_in_git_lfs`, `image_is_web_page`, `image_unreadable`,
 * `image_unsupported`
 */
export function checkKind(bytes: Uint8Array): Exclude<ImageKind, 'ico'> {
  if (bytes.length > MAX_IMAGE_BYTES)
    throw new NotesightError('image_too_large', `${bytes.length} bytes are too many`, {
      data: { bytes: bytes.length, maxBytes: MAX_IMAGE_BYTES },
    });
  const kind = imageKind(bytes);
  const instead = kind === null ? fileInstead(bytes) : null;
  if (instead !== null) throw new NotesightError(instead, 'not an image, but a known kind of file');
  if (kind === null)
    throw new NotesightError('image_unreadable', 'not an image by its first bytes', {
      data: { bytes: bytes.length, fault: notAnImage(bytes) },
    });
  if (kind === 'ico')
    throw new NotesightError('image_unsupported', 'icons are not decoded', { data: { kind } });
  return kind;
}
