/**
 * Returns the fingerprint that identifies an image: the same for a renamed or copied file, different for an
 * edited one.
 * @returns the SHA-256 of the bytes, 64 lowercase hexadecimal digits
 */
export async function fingerprint(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
