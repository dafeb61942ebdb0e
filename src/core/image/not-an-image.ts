/** The content of a file that is not an image; `unknown` if it can't be determined. */
export type NotAnImage = 'empty' | 'zeros' | 'text' | 'unknown';

/** Number of bytes to read. */
const HEAD = 4096;

/** Detects the content of a file in which `imageKind` found no image. */
export function notAnImage(bytes: Uint8Array): NotAnImage {
  if (bytes.length === 0) return 'empty';
  if (bytes.every((byte) => byte === 0)) return 'zeros';
  return isText(bytes.subarray(0, HEAD)) ? 'text' : 'unknown';
}

/** Whether a file is text in UTF-8, or in UTF-16 with a byte order mark. */
function isText(head: Uint8Array): boolean {
  const wide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  const encoding = wide ? (head[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
  try {
    // With `stream`, a truncated last character is not an error.
    const text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
    return !/\p{Cc}/u.test(text.replace(/\s/g, ''));
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
