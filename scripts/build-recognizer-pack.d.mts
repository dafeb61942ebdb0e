/** What a build knows about its pack. */
export interface PackFacts {
  /** 64 lowercase hexadecimal digits. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  /** The download address; null for a build that is not released. */
  readonly address: string | null;
}

export interface BuiltPack {
  readonly bytes: Buffer;
  readonly facts: PackFacts;
}

/** The file name of the pack for Obsidian. */
export const PACK_NAME: string;

/** The file name of the pack for VS Code. */
export const NODE_PACK_NAME: string;

/** Builds the recognizers for Obsidian: one file with all their code, weights, and data. */
export function buildRecognizerPack(address?: string | null): Promise<BuiltPack>;

/** Puts the files of `dist/recognizers` into one. */
export function buildNodePack(address?: string | null): BuiltPack;

/** Writes a pack into `dist/packs`. */
export function writePack(name: string, pack: BuiltPack): void;
