import { type Command, Option } from 'commander';
import { HOST, JSON_LINES, VAULT, language, type Run } from './options.ts';

interface SummarizeFlags {
  readonly write?: true;
  readonly place: 'top' | 'bottom';
  readonly to?: string;
  readonly replace?: true;
  readonly language: string;
  readonly host: readonly string[];
  readonly model?: string;
  readonly vault?: string;
  readonly json?: true;
}

/** `notesight summarize` */
export function addSummarize(program: Command, run: Run): void {
  program
    .command('summarize')
    .description('summarize a note and its images (without --write: only print the summary)')
    .argument('<note>', 'path of the note')
    .option('--write', 'write the summary to the note, replacing the previous one')
    .addOption(
      new Option('--place <place>', 'position of a new summary').choices(['top', 'bottom']).default('top'),
    )
    .option('--to <path>', 'write the summary to another note in the vault and link to it from this note')
    .option('--replace', 'replace the previous summary even if it was edited by hand')
    .option('--language <code>', "language to write in; auto uses the note's language", language, 'auto')
    .addOption(HOST)
    .option('--model <name>', 'model (default: chosen automatically)')
    .option(...VAULT)
    .option(...JSON_LINES)
    .action(async (note: string, options: SummarizeFlags) => {
      const { summarizeCommand } = await import('../commands/summarize.ts');
      run.end(
        await summarizeCommand(
          note,
          {
            write: options.write ?? false,
            place: options.place,
            to: options.to,
            replace: options.replace ?? false,
            language: options.language,
            hosts: options.host,
            model: options.model,
            vault: options.vault,
            json: options.json ?? false,
          },
          run.signal,
        ),
      );
    });
}
