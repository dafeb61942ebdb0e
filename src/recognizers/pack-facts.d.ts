/** Facts about the recognizer pack of this build, inserted by `scripts/build-recognizer-pack.mjs`. */
declare module 'pack:facts' {
  /** SHA-256 of the whole file, 64 lowercase hexadecimal digits. */
  export const sha256: string;
  /** In bytes. */
  export const size: number;
  /** The download address; null if there is none yet. */
  export const address: string | null;
}
