/**
 * Adds the missing end marker to a truncated JPEG, so that decoders show the existing part and fill the rest
 * with gray.
 * @returns null if it has an end marker, so that the file has another problem, or if it ends before its first
 * pixel
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B
 */
export function repairJpeg(bytes: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const end = endOfData(bytes);
  if (end === null) return null;
  const mended = new Uint8Array(end + 2);
  mended.set(bytes.subarray(0, end));
  mended.set([0xff, 0xd9], end);
  return mended;
}

/** Returns the end of the last scan in the existing data. */
function endOfData(bytes: Uint8Array): number | null {
  let hasPixels = false;
  for (let at = 2; ;) {
    const marker = nextMarker(bytes, at);
    if (marker === -1) return hasPixels ? withoutZeros(bytes) : null;
    const code = bytes[marker + 1];
    if (code === 0xd9) return null;
    const length = ((bytes[marker + 2] ?? 0) << 8) | (bytes[marker + 3] ?? 0);
    at = marker + 2 + length;
    // A truncated table or header would include the end marker.
    if (length < 2 || at >= bytes.length) return hasPixels ? marker : null;
    if (code === 0xda) hasPixels = true;
  }
}

/** In scan data, a 0xff before a zero or a restart marker is not a marker; elsewhere 0xff may be repeated. */
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

/** Interrupted downloads leave zeros in place of the missing data. */
function withoutZeros(bytes: Uint8Array): number {
  let end = bytes.length;
  while (bytes[end - 1] === 0) end--;
  return end;
}
