/** Drops the fourth byte of each pixel, which is opaque. */
export function rgb(rgba: Uint8ClampedArray): Uint8Array {
  const pixels = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4) {
    pixels[to++] = rgba[from] ?? 0;
    pixels[to++] = rgba[from + 1] ?? 0;
    pixels[to++] = rgba[from + 2] ?? 0;
  }
  return pixels;
}
