/**
 * What an image is known by: a renamed or copied file has the same fingerprint, an edited one another.
 *
 * @returns the SHA-256 of the bytes, 64 lowercase hexadecimal digits
 */
export async function fingerprint(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
