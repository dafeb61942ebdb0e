import type { DataAdapter } from 'obsidian';
import { NotesightError } from '../../../core/errors.ts';
import type { LineFile } from '../../../core/ports.ts';
import { isDiskFull } from './disk-full.ts';

/**
 * A file of lines in a hidden folder of the vault, which the vault doesn't index. The command line may append to it
 * at the same time: each line is one append.
 * @param path relative to the vault
 */
export function createAdapterLineFile(adapter: DataAdapter, path: string): LineFile {
  /** Appends of this process run one after the other. */
  let last: Promise<unknown> = Promise.resolve();
  let isWhole = false;

  async function text(): Promise<string> {
    return (await adapter.exists(path)) ? adapter.read(path) : '';
  }

  async function appendOnce(line: string): Promise<void> {
    if (!isWhole) {
      const folder = path.slice(0, path.lastIndexOf('/'));
      if (!(await adapter.exists(folder))) await adapter.mkdir(folder);
      const present = await text();
      // Start a new line, so that a line truncated by a kill doesn't corrupt this one.
      if (present !== '' && !present.endsWith('\n')) await adapter.append(path, '\n');
      isWhole = true;
    }
    await adapter.append(path, `${line}\n`);
  }

  const inTurn = async (work: () => Promise<void>): Promise<void> => {
    const turn = last.then(work).catch((cause: unknown) => {
      // A failed append may have written part of the line.
      isWhole = false;
      throw memoryError('memory_unwritable', path, cause);
    });
    last = turn.catch(() => undefined);
    return turn;
  };

  return {
    async read() {
      try {
        return wholeLines(await text());
      } catch (cause) {
        throw memoryError('memory_unreadable', path, cause);
      }
    },
    append: (line) => inTurn(() => appendOnce(line)),
    rewrite: (keep) =>
      inTurn(async () => {
        if (!(await adapter.exists(path))) return;
        await adapter.process(path, (present) =>
          keep(wholeLines(present))
            .map((line) => `${line}\n`)
            .join(''),
        );
      }),
  };
}

function wholeLines(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

function memoryError(
  code: 'memory_unreadable' | 'memory_unwritable',
  path: string,
  cause: unknown,
): NotesightError {
  const why = cause instanceof Error ? cause.message : undefined;
  return new NotesightError(isDiskFull(cause) ? 'disk_full' : code, `${path}: ${String(cause)}`, {
    data: { path, why },
    cause,
  });
}
