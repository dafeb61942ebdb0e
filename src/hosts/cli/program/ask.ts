import { type Command, Option } from 'commander';
import { builtInFor } from '../../../core/prompts/built-in-prompts.ts';
import type { PixelRegion } from '../../../core/ports.ts';
import { selectVaults } from '../select-vaults.ts';
import { each, HOST, JSON_LINES, VAULT, numbers, region, type Run } from './options.ts';

interface AskFlags {
  readonly image: number[];
  readonly prompt?: string;
  readonly with: readonly string[];
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
    .argument('[question]', 'question in any language; optional with --prompt')
    .addOption(
      new Option(
        '--image <n>',
        'ask only about this image, by its number in the note, starting at 1; can be repeated',
      )
        .argParser(numbers)
        .default([], 'the most relevant images'),
    )
    .option(
      '--prompt <name>',
      `prompt to ask, before the question: ${builtInFor('question').join(', ')}, or a text file`,
    )
    .addOption(
      new Option('--with <note>', 'also include the text of this note of the vault; can be repeated')
        .argParser(each)
        .default([], 'none'),
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
    .action(async (note: string, question: string | undefined, options: AskFlags) => {
      const vaults = await selectVaults([note], options.vault);
      const { readPrompt } = await import('../read-prompt.ts');
      const prompt = options.prompt === undefined ? null : await readPrompt(options.prompt, 'question');
      const { askCommand } = await import('../commands/ask.ts');
      run.end(
        await askCommand(
          vaults,
          { question: question ?? '', prompt },
          {
            images: options.image,
            others: options.with,
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
