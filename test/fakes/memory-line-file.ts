import type { LineFile } from '../../src/core/ports.ts';

/** A file of lines in an array, which a test can read and write like another process would. */
export function createMemoryLineFile(lines: string[] = []): LineFile & { lines: string[] } {
  return {
    lines,
    read() {
      return Promise.resolve([...this.lines]);
    },
    append(line) {
      this.lines.push(line);
      return Promise.resolve();
    },
    rewrite(keep) {
      this.lines = keep([...this.lines]);
      return Promise.resolve();
    },
  };
}
