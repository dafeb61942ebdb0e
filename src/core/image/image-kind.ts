export type ImageKind = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif' | 'heic' | 'tiff' | 'svg' | 'bmp' | 'ico';

/**
 * Detects the format of an image from its first bytes and never from its name, because a text file may be
 * named `a.png`.
 * @param bytes bytes of the file; only the first 64 KiB are read
 * @returns null for any other file
 * @see https://mimesniff.spec.whatwg.org/#image-type-pattern-matching-algorithm
 */
export function imageKind(bytes: Uint8Array): ImageKind | null {
  const ascii = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  const starts = (...signature: number[]) => signature.every((byte, index) => bytes[index] === byte);

  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (starts(0xff, 0xd8, 0xff)) return 'jpeg';
  if (ascii(0, 6) === 'GIF87a' || ascii(0, 6) === 'GIF89a') return 'gif';
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'webp';
  // 42 is TIFF, 43 is BigTIFF, each in both byte orders.
  if (starts(0x49, 0x49, 0x2a, 0) || starts(0x4d, 0x4d, 0, 0x2a)) return 'tiff';
  if (starts(0x49, 0x49, 0x2b, 0) || starts(0x4d, 0x4d, 0, 0x2b)) return 'tiff';
  if (ascii(4, 8) === 'ftyp') return heifKind(bytes);
  if (isBmp(bytes)) return 'bmp';
  // 1 is an icon, 2 is a cursor.
  if (starts(0, 0, 1, 0) || starts(0, 0, 2, 0)) return 'ico';
  return isSvg(bytes) ? 'svg' : null;
}

/** The `ftyp` box contains the major brand, a version, then the compatible brands. */
function heifKind(bytes: Uint8Array): 'avif' | 'heic' | null {
  const end = Math.min(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), bytes.length, 256);
  const brands = new Set<string>();
  for (let at = 8; at + 4 <= end; at += 4) brands.add(String.fromCharCode(...bytes.subarray(at, at + 4)));
  if (brands.has('avif') || brands.has('avis')) return 'avif';
  const heic = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'];
  return heic.some((brand) => brands.has(brand)) ? 'heic' : null;
}

/** `BM` can also start a text, so the header size after it must be a known one. */
function isBmp(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x42 || bytes[1] !== 0x4d || bytes.length < 18) return false;
  return [12, 40, 52, 56, 64, 108, 124].includes(
    new DataView(bytes.buffer, bytes.byteOffset).getUint32(14, true),
  );
}

/** Whether a file is an SVG. Its root element may follow a BOM, a declaration, a document type and comments. */
function isSvg(bytes: Uint8Array): boolean {
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const encoding = wide ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
  let head = new TextDecoder(encoding).decode(bytes.subarray(0, 65_536)).trimStart();
  while (head.startsWith('<')) {
    if (/^<(?:[\w.-]+:)?svg[\s>/]/.test(head)) return true;
    const end = prologueEnd(head);
    if (end === null) return false;
    head = head.slice(end).trimStart();
  }
  return false;
}

/**
 * Returns the end of the declaration, comment or document type at the start of `text`; null for an element or
 * if it is not closed.
 */
function prologueEnd(text: string): number | null {
  const close = text.startsWith('<!--') ? '-->' : text.startsWith('<?') ? '?>' : null;
  if (close !== null) {
    const at = text.indexOf(close, 2);
    return at < 0 ? null : at + close.length;
  }
  if (!/^<!doctype/i.test(text)) return null;
  const subset = /^[^>[]*\[/.exec(text);
  const at = text.indexOf('>', subset === null ? 0 : text.indexOf(']', subset[0].length));
  return at < 0 ? null : at + 1;
}
