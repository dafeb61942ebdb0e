import { type Command, Option } from 'commander';
import type { PixelRegion } from '../../../core/ports.ts';
import { selectVaults } from '../select-vaults.ts';
import { HOST, JSON_LINES, VAULT, numbers, region, type Run } from './options.ts';

interface AskFlags {
  readonly image: number[];
  readonly region?: PixelRegion;
  readonly tools: boolean;
  readonly web?: true;
  readonly host: readonly string[];
  readonly model?: string;
  readonly vault?: string;
  readonly json?: true;
}

/** `notesight ask` */
export function addAsk(program: Command, run: Run): void {
  program
    .command('ask')
    .description('ask a question about the images in a note')
    .argument('<note>', 'path of the note')
    .argument('<question>', 'question in any language')
    .addOption(
      new Option(
        '--image <n>',
        'ask only about this image, by its number in the note, starting at 1; can be repeated',
      )
        .argParser(numbers)
        .default([], 'the most relevant images'),
    )
    .option('--region <x,y,w,h>', 'region of the image to ask about, in pixels', region)
    .option(
      '--no-tools',
      "don't let the model call tools (text recognition, object detection, closer inspection, note search)",
    )
    .option(
      '--web',
      'let the model search the web through ollama.com with the key in OLLAMA_API_KEY; its search queries leave this machine',
    )
    .addOption(HOST)
    .option('--model <name>', 'model (default: chosen automatically)')
    .option(...VAULT)
    .option(...JSON_LINES)
    .action(async (note: string, question: string, options: AskFlags) => {
      const vaults = await selectVaults([note], options.vault);
      const { askCommand } = await import('../commands/ask.ts');
      run.end(
        await askCommand(
          vaults,
          question,
          {
            images: options.image,
            region: options.region ?? null,
            tools: options.tools,
            web: options.web ?? false,
            hosts: options.host,
            model: options.model,
            json: options.json ?? false,
          },
          run.signal,
        ),
      );
    });
}
