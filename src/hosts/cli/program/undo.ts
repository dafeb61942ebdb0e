import type { Command } from 'commander';
import { JSON_LINES, VAULT, type Run } from './options.ts';

/** `notesight undo` */
export function addUndo(program: Command, run: Run): void {
  program
    .command('undo')
    .description('undo the last batch, except where the text has changed since')
    .option('--list', 'list batches, newest first')
    .option(...VAULT)
    .option(...JSON_LINES)
    .action(async (options: { vault?: string; list?: true; json?: true }) => {
      const { undoCommand } = await import('../commands/undo.ts');
      run.end(
        await undoCommand(
          options.vault,
          { list: options.list ?? false, json: options.json ?? false },
          run.signal,
        ),
      );
    });
}
