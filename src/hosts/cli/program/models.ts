import type { Command } from 'commander';
import { HOST, JSON_LINES, type Run } from './options.ts';

/** `notesight models` */
export function addModels(program: Command, run: Run): void {
  program
    .command('models')
    .description('list the models of the server, whether they support images, and the automatic choice')
    .addOption(HOST)
    .option(...JSON_LINES)
    .action(async (options: { host: readonly string[]; json?: true }) => {
      const { modelsCommand } = await import('../commands/models.ts');
      run.end(await modelsCommand({ hosts: options.host, json: options.json ?? false }, run.signal));
    });
}
