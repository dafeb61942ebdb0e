/** What a file is that is no image; `unknown` if that can't be told. */
export type NotAnImage = 'empty' | 'zeros' | 'text' | 'unknown';

/** How much of a file is looked at, in bytes. */
const HEAD = 4096;

/** Tells what a file is in which `imageKind` found no image. */
export function notAnImage(bytes: Uint8Array): NotAnImage {
  if (bytes.length === 0) return 'empty';
  if (bytes.every((byte) => byte === 0)) return 'zeros';
  return isText(bytes.subarray(0, HEAD)) ? 'text' : 'unknown';
}

/** Text in UTF-8, or in UTF-16 with a byte order mark. */
function isText(head: Uint8Array): boolean {
  const wide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  const encoding = wide ? (head[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
  try {
    // A stream's last character may be cut.
    const text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
    return !/\p{Cc}/u.test(text.replace(/\s/g, ''));
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
