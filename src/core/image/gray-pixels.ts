/**
 * Returns the gray level of each pixel, 255 for white, weighted by perceived brightness:
 * https://www.itu.int/rec/R-REC-BT.601
 * @param pixels red, green, blue and any other channels of each pixel, row by row
 * @param channels bytes per pixel
 */
export function grayPixels(pixels: ArrayLike<number>, channels: 3 | 4): Uint8Array<ArrayBuffer> {
  const gray = new Uint8Array(pixels.length / channels);
  for (let from = 0, to = 0; from < pixels.length; from += channels) {
    gray[to++] =
      0.299 * (pixels[from] ?? 0) + 0.587 * (pixels[from + 1] ?? 0) + 0.114 * (pixels[from + 2] ?? 0);
  }
  return gray;
}
