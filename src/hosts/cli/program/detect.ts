import { type Command, Option } from 'commander';
import { HOST, JSON_LINES, language, numbers, type Run, VAULT } from './options.ts';

interface DetectFlags {
  readonly image: number[];
  readonly out?: string;
  readonly language: string;
  readonly host: string[];
  readonly model?: string;
  readonly vault?: string;
  readonly json?: true;
}

/** `notesight detect` */
export function addDetect(program: Command, run: Run): void {
  const detect = (command: Command): Command =>
    command
      .description('detect objects in an image; prints boxes as x,y,width,height in pixels')
      .argument('<path>', 'image, or note to process all of its images')
      .addOption(
        new Option(
          '--image <n>',
          'only this image of the note, by its number, starting at 1; can be repeated',
        )
          .argParser(numbers)
          .default([], 'all images'),
      )
      .option('--out <file>', 'save the image with the boxes drawn on it as .svg, .png, .jpg, or .webp')
      .option(
        '--language <code>',
        "language of the object names; auto uses the note's language",
        language,
        'auto',
      )
      .addOption(HOST)
      .option('--model <name>', 'model that supports object detection (default: chosen automatically)')
      .option(...VAULT)
      .option(...JSON_LINES)
      .action(async (path: string, options: DetectFlags) => {
        const { detectCommand } = await import('../commands/detect.ts');
        run.end(
          await detectCommand(
            path,
            {
              images: options.image,
              out: options.out,
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
  detect(program.command('detect'));
  // The former name of the command.
  detect(program.command('where', { hidden: true }));
}
