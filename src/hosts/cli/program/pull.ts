import type { Command } from 'commander';
import { HOST, JSON_LINES, type Run } from './options.ts';

/** `notesight pull` */
export function addPull(program: Command, run: Run): void {
  program
    .command('pull')
    .description('download a model to the Ollama server')
    .argument('<name>', 'model name, such as gemma3:4b')
    .addOption(HOST)
    .option(...JSON_LINES)
    .action(async (name: string, options: { host: readonly string[]; json?: true }) => {
      const { pullCommand } = await import('../commands/pull.ts');
      run.end(await pullCommand(name, { hosts: options.host, json: options.json ?? false }, run.signal));
    });
}
