import type { Command } from 'commander';
import { selectVaults } from '../select-vaults.ts';
import { count, HOST, JSON_LINES, type Run, VAULT } from './options.ts';

interface FindFlags {
  readonly limit: number;
  readonly host: readonly string[];
  readonly vault?: string;
  readonly json?: true;
}

/** `notesight find` */
export function addFind(program: Command, run: Run): void {
  program
    .command('find')
    .description('find images by their content; exit code 1 if there are none')
    .argument('<path>', 'note, folder, or vault')
    .argument('<words>', 'search terms; the beginnings of words are enough')
    .option('--limit <n>', 'maximum number of results', count, 20)
    .addOption(HOST)
    .option(...VAULT)
    .option(...JSON_LINES)
    .action(async (path: string, words: string, options: FindFlags) => {
      const vaults = await selectVaults([path], options.vault);
      const { findCommand } = await import('../commands/find.ts');
      run.end(
        await findCommand(
          vaults,
          words,
          { limit: options.limit, hosts: options.host, json: options.json ?? false },
          run.signal,
        ),
      );
    });
}
