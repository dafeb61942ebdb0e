/**
 * Maximum size of an image file in bytes. The largest photos (200 megapixels, JPEG) take 40 to 80 MB. The
 * file itself is never sent as base64, so this only limits memory.
 */
export const MAX_IMAGE_BYTES = 128 * 1024 * 1024;

/**
 * Maximum number of decoded pixels. The largest phone sensors have 16,320 × 12,240 pixels, just under 200
 * million. Decoding them takes 800 MB, which a desktop computer can briefly provide.
 */
export const MAX_IMAGE_PIXELS = 200_000_000;
