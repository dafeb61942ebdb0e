import type { Command } from 'commander';
import { selectVaults } from '../select-vaults.ts';
import { JSON_LINES, PATHS, VAULT, type Run } from './options.ts';

/** `notesight images` */
export function addImages(program: Command, run: Run): void {
  program
    .command('images')
    .description('list all embedded images')
    .argument(...PATHS)
    .option(...VAULT)
    .option(...JSON_LINES)
    .action(async (paths: string[], options: { vault?: string; json?: true }) => {
      const { imagesCommand } = await import('../commands/images.ts');
      run.end(await imagesCommand(await selectVaults(paths, options.vault), { json: options.json ?? false }));
    });
}
