import { type Command, Option } from 'commander';
import type { EngineChoice } from '../choose-engine.ts';
import type { CaptionCommandOptions } from '../commands/caption.ts';
import { builtInFor } from '../../../core/prompts/built-in-prompts.ts';
import { selectVaults } from '../select-vaults.ts';
import { HOST, JSON_LINES, PATHS, VAULT, count, language, type Run } from './options.ts';

interface CaptionFlags {
  readonly write?: true;
  readonly replace?: true;
  readonly style: 'alt' | 'below' | 'callout';
  readonly language: string;
  readonly engine: EngineChoice['engine'];
  readonly host: readonly string[];
  readonly model?: string;
  readonly detail?: Exclude<CaptionCommandOptions['detailFor'], 'offer'>;
  readonly textHint: boolean;
  readonly secondModel?: string;
  readonly prompt?: string;
  readonly concurrency: number;
  readonly cache: boolean;
  readonly vault?: string;
  readonly json?: true;
}

/** `notesight caption` */
export function addCaption(program: Command, run: Run): void {
  program
    .command('caption')
    .description('generate alt text for images that need it (without --write: show a preview)')
    .argument(...PATHS)
    .option('--write', 'update the notes (default: only print a diff)')
    .option('--replace', 'also replace existing alt text')
    .addOption(
      new Option(
        '--style <style>',
        'what to write: alt text only, or alt text with a caption or a callout below the image',
      )
        .choices(['alt', 'below', 'callout'])
        .default('alt'),
    )
    .option('--language <code>', "language to write in; auto uses the note's language", language, 'auto')
    .addOption(
      new Option(
        '--engine <engine>',
        'auto uses a vision model on a server, or else the embedded engine (text recognition and object detection); ' +
          'ollama and openai set the API of the server, which is detected otherwise',
      )
        .choices(['auto', 'ollama', 'openai', 'embedded'])
        .default('auto'),
    )
    .addOption(HOST)
    .option('--model <name>', 'vision model (default: chosen automatically)')
    .addOption(
      new Option(
        '--detail <when>',
        'detailed analysis: also analyze tiles of images, with several requests per image; auto selects images whose ' +
          'fine print or thin lines are lost when scaled down (up to 4 tiles), always selects all images that are scaled ' +
          'down (up to 9 tiles); if omitted, only count the images that need it',
      ).choices(['off', 'auto', 'always']),
    )
    .option('--no-text-hint', "don't send recognized text (OCR) to the model as a hint")
    .option(
      '--second-model <name>',
      'second model for a cross-check; the description notes where the two disagree',
    )
    .option(
      '--prompt <name>',
      `prompt for the alt text: ${builtInFor('alt').join(', ')}, or a text file with your own prompt`,
    )
    .option('--concurrency <n>', 'images sent to each server at once', count, 1)
    .option('--no-cache', 'ignore the cache and describe all images again')
    .option(...VAULT)
    .option(...JSON_LINES)
    .action(async (paths: string[], options: CaptionFlags) => {
      const vaults = await selectVaults(paths, options.vault);
      const { readPrompt } = await import('../read-prompt.ts');
      const prompt = options.prompt === undefined ? null : await readPrompt(options.prompt, 'alt');
      const { captionCommand } = await import('../commands/caption.ts');
      run.end(
        await captionCommand(
          vaults,
          {
            write: options.write ?? false,
            wanted: ({ altProblem }) => altProblem !== null || options.replace === true,
            style: options.style,
            language: options.language,
            remote: false,
            prompt,
            concurrency: options.concurrency,
            useLog: options.cache,
            engine: options.engine,
            hosts: options.host,
            model: options.model,
            second: options.secondModel,
            detailFor: options.detail ?? 'offer',
            textHint: options.textHint,
            json: options.json ?? false,
          },
          run.signal,
        ),
      );
    });
}
