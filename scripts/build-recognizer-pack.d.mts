/** What the plugin knows of its pack. */
export interface PackFacts {
  /** 64 lowercase hexadecimal digits. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  readonly address: string | null;
}

export interface BuiltPack {
  readonly bytes: Buffer;
  readonly facts: PackFacts;
}

/** Its file name. */
export const PACK_NAME: string;

/** Builds the recognizers for Obsidian, one file with all their code, weights and data. */
export function buildRecognizerPack(address?: string | null): Promise<BuiltPack>;

/** Puts it into `dist/obsidian-experts`. */
export function writeRecognizerPack(pack: BuiltPack): void;
