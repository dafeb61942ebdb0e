/** Bytes a call: as many arguments as every engine's stack takes. */
const BLOCK = 8192;

/** Standard base64 with padding. */
export function base64(bytes: Uint8Array): string {
  const blocks: string[] = [];
  for (let from = 0; from < bytes.length; from += BLOCK) {
    blocks.push(String.fromCharCode(...bytes.subarray(from, from + BLOCK)));
  }
  return btoa(blocks.join(''));
}
