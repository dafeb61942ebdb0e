/**
 * The largest image file that is read, in bytes. The largest photos (200 megapixels, JPEG) take 40 to 80 MB and
 * the base64 of a file is never sent, so that this bounds memory only.
 */
export const MAX_IMAGE_BYTES = 128 * 1024 * 1024;

/**
 * The most pixels that are decoded: the largest sensors of phones give 16,320 × 12,240, just under 200 million.
 * Decoded in one piece that is 800 MB, which a desktop can give for a moment.
 */
export const MAX_IMAGE_PIXELS = 200_000_000;
