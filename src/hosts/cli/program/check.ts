import type { Command } from 'commander';
import { selectVaults } from '../select-vaults.ts';
import { JSON_LINES, PATHS, VAULT, type Run } from './options.ts';

/** `notesight check` */
export function addCheck(program: Command, run: Run): void {
  program
    .command('check')
    .description(
      'find images with missing or placeholder alt text, or with a missing file; exit code 1 if any',
    )
    .argument(...PATHS)
    .option(...VAULT)
    .option(...JSON_LINES)
    .action(async (paths: string[], options: { vault?: string; json?: true }) => {
      const { checkCommand } = await import('../commands/check.ts');
      run.end(await checkCommand(await selectVaults(paths, options.vault), { json: options.json ?? false }));
    });
}
