/** The pack of experts that this plugin was built with, put in by `scripts/build-expert-pack.mjs`. */
declare module 'pack:facts' {
  /** Of the whole file, 64 lowercase hexadecimal digits. */
  export const sha256: string;
  /** In bytes. */
  export const size: number;
  /** Where it can be downloaded; null where it can't be yet. */
  export const address: string | null;
}
