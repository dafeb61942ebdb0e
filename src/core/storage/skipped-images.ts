import * as z from 'zod/mini';
import type { LineFile } from '../ports.ts';
import { parseLine } from './parse-line.ts';

/** Why the user wants no alt text for an image: it is decorative, or it must not be described. */
export type SkipReason = 'decorative' | 'never';

export interface SkippedImage {
  /** Path relative to the vault. */
  readonly file: string;
  readonly reason: SkipReason;
}

/** The images that batches, reviews, and lists of missing alt text leave out. */
export interface SkippedImages {
  get(file: string): SkipReason | null;
  /** By path. */
  list(): readonly SkippedImage[];
  /**
   * @param reason null to include the images again
   * @throws NotesightError `memory_unwritable`, `disk_full`
   */
  set(files: readonly string[], reason: SkipReason | null): Promise<void>;
  /** Updates paths after a file or folder was renamed or moved. @throws NotesightError `memory_unwritable`, `disk_full` */
  renamed(from: string, to: string): Promise<void>;
}

const schema = z.object({
  v: z.literal(1),
  file: z.string(),
  skip: z.nullable(z.enum(['decorative', 'never'])),
});

/**
 * Opens the file of decisions, a line each; the last line about an image counts.
 * @throws NotesightError `memory_unreadable`
 */
export async function openSkippedImages(lines: LineFile): Promise<SkippedImages> {
  const skipped = new Map<string, SkipReason>();

  function take(file: string, reason: SkipReason | null): void {
    if (reason === null) skipped.delete(file);
    else skipped.set(file, reason);
  }

  async function put(file: string, reason: SkipReason | null): Promise<void> {
    if ((skipped.get(file) ?? null) === reason) return;
    await lines.append(JSON.stringify({ v: 1, file, skip: reason }));
    take(file, reason);
  }

  for (const line of await lines.read()) {
    const { success, data } = schema.safeParse(parseLine(line));
    if (success) take(data.file, data.skip);
  }

  return {
    get: (file) => skipped.get(file) ?? null,
    list: () =>
      [...skipped].map(([file, reason]) => ({ file, reason })).sort((a, b) => (a.file < b.file ? -1 : 1)),
    async set(files, reason) {
      for (const file of files) await put(file, reason);
    },
    async renamed(from, to) {
      for (const [file, reason] of [...skipped]) {
        if (file !== from && !file.startsWith(`${from}/`)) continue;
        await put(to + file.slice(from.length), reason);
        await put(file, null);
      }
    },
  };
}
