/**
 * Ends a JPEG that lacks its end marker, so that decoders show what there is of it and fill the rest with gray.
 *
 * @returns null if it has an end marker, so that something else is wrong with it, or ends before its first pixel
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B
 */
export function mendJpeg(bytes: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const end = endOfData(bytes);
  if (end === null) return null;
  const mended = new Uint8Array(end + 2);
  mended.set(bytes.subarray(0, end));
  mended.set([0xff, 0xd9], end);
  return mended;
}

/** Where the last scan ends, as far as it is there. */
function endOfData(bytes: Uint8Array): number | null {
  let hasPixels = false;
  for (let at = 2; ;) {
    const marker = nextMarker(bytes, at);
    if (marker === -1) return hasPixels ? withoutZeros(bytes) : null;
    const code = bytes[marker + 1];
    if (code === 0xd9) return null;
    const length = ((bytes[marker + 2] ?? 0) << 8) | (bytes[marker + 3] ?? 0);
    at = marker + 2 + length;
    // A table or header that is cut would swallow the end marker.
    if (length < 2 || at >= bytes.length) return hasPixels ? marker : null;
    if (code === 0xda) hasPixels = true;
  }
}

/** In the data of a scan a 0xff stands before a zero or a restart marker; elsewhere it may be repeated. */
function nextMarker(bytes: Uint8Array, from: number): number {
  for (
    let at = bytes.indexOf(0xff, from);
    at >= 0 && at + 1 < bytes.length;
    at = bytes.indexOf(0xff, at + 1)
  ) {
    const code = bytes[at + 1] ?? 0;
    if (code > 0x01 && code !== 0xff && !(code >= 0xd0 && code <= 0xd8)) return at;
  }
  return -1;
}

/** Downloads that stopped leave zeros where the rest was to come. */
function withoutZeros(bytes: Uint8Array): number {
  let end = bytes.length;
  while (bytes[end - 1] === 0) end--;
  return end;
}
