import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import process from 'node:process';
import packageJson from '../../../package.json' with { type: 'json' };
import { isCancelled, NotesightError } from '../../core/errors.ts';
import { languageCode } from '../../core/language/language-code.ts';
import type { PixelRegion } from '../../core/ports.ts';
import type { EngineChoice } from './choose-engine.ts';
import type { CaptionCommandOptions } from './commands/caption.ts';
import type { ExitCode } from './output.ts';
import { EXIT, inWords, say } from './output.ts';
import { selectVaults } from './select-vaults.ts';

/** Parses a whole number of at least 1. */
function count(value: string): number {
  if (!/^[1-9]\d{0,2}$/.test(value)) throw new InvalidArgumentError('Use a whole number from 1 to 999.');
  return Number(value);
}

function each(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function numbers(value: string, before: readonly number[]): number[] {
  return [...before, count(value)];
}

function region(value: string): PixelRegion {
  const [x, y, width, height] = /^\d{1,6}(?:,\d{1,6}){3}$/.test(value) ? value.split(',').map(Number) : [];
  if (x === undefined || y === undefined || !width || !height) {
    throw new InvalidArgumentError('Use x,y,width,height in pixels, such as 10,20,300,200.');
  }
  return { x, y, width, height };
}

function language(value: string): string {
  const code = value === 'auto' ? value : languageCode(value);
  if (code === null) {
    throw new InvalidArgumentError('Use auto or a language code such as en, pt-BR or zh-TW.');
  }
  return code;
}

const VAULT = [
  '--vault <dir>',
  'vault folder (default: the nearest parent folder with .obsidian, or else with .git)',
] as const;
const HOST = new Option(
  '--host <url>',
  'address of Ollama or an OpenAI-compatible server, such as llama-server, LM Studio, or vLLM; can be repeated, ' +
    'preferred server first',
)
  .argParser(each)
  .default([], 'NOTESIGHT_HOSTS, OLLAMA_HOST, or http://127.0.0.1:11434');
const JSON_LINES = ['--json', 'print one JSON object per line'] as const;
const PATHS = ['<path...>', 'notes, folders, or vaults'] as const;

interface FindFlags {
  readonly limit: number;
  readonly host: readonly string[];
  readonly vault?: string;
  readonly json?: true;
}

/** The commands and their options. */
export interface CommandLine {
  readonly program: Command;
  /** The exit code of the executed command. */
  readonly exit: () => ExitCode;
}

/** @param stop aborted when the user stops the command */
export function buildCommandLine(stop: AbortController): CommandLine {
  let exit: ExitCode = EXIT.done;
  const program = new Command('notesight')
    .description('Generate alt text for the images in Markdown notes with a local vision model.')
    .version(packageJson.version)
    .addHelpText(
      'after',
      '\nMultiple servers:\n' +
        '  Use --host "desktop x4" --host "https://gateway.example/v1 token", or set NOTESIGHT_HOSTS to both, separated by a\n' +
        '  comma. A batch is spread over all servers that have the model; x4 sends a server up to 4 images at once.\n' +
        '\nEnvironment variables:\n' +
        '  NOTESIGHT_HOSTS    default servers\n' +
        '  NOTESIGHT_API_KEY  sent to the server as a bearer token; with multiple servers, only to those marked "token"\n' +
        '  OLLAMA_API_KEY     sent to ollama.com for web search (ask --web)\n' +
        '  NOTESIGHT_DATA     folder for the cache and the undo history',
    )
    .showHelpAfterError('For help, run notesight --help.')
    .exitOverride();

  program
    .command('images')
    .description('list all embedded images')
    .argument(...PATHS)
    .option(...VAULT)
    .option(...JSON_LINES)
    .action(async (paths: string[], options: { vault?: string; json?: true }) => {
      const { imagesCommand } = await import('./commands/images.ts');
      exit = await imagesCommand(await selectVaults(paths, options.vault), { json: options.json ?? false });
    });

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
    .option('--concurrency <n>', 'images sent to each server at once', count, 1)
    .option('--no-cache', 'ignore the cache and describe all images again')
    .option(...VAULT)
    .option(...JSON_LINES)
    .action(async (paths: string[], options: CaptionFlags) => {
      const vaults = await selectVaults(paths, options.vault);
      const { captionCommand } = await import('./commands/caption.ts');
      exit = await captionCommand(
        vaults,
        {
          write: options.write ?? false,
          wanted: ({ lack }) => lack !== null || options.replace === true,
          style: options.style,
          language: options.language,
          remote: false,
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
        stop.signal,
      );
    });

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
      const { askCommand } = await import('./commands/ask.ts');
      exit = await askCommand(
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
        stop.signal,
      );
    });

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
      const { summarizeCommand } = await import('./commands/summarize.ts');
      exit = await summarizeCommand(
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
        stop.signal,
      );
    });

  program
    .command('find')
    .description('find images by their content; exit code 1 if there are none')
    .argument('<path>', 'note, folder, or vault')
    .argument('<words>', 'search terms; the beginnings of words are enough')
    .option('--limit <n>', 'maximum number of results', count, 20)
    .addOption(HOST)
    .option(...VAULT)
    .option(...JSON_LINES)
    .action(async (path: string, words: string, options: FindFlags) => {
      const vaults = await selectVaults([path], options.vault);
      const { findCommand } = await import('./commands/find.ts');
      exit = await findCommand(
        vaults,
        words,
        { limit: options.limit, hosts: options.host, json: options.json ?? false },
        stop.signal,
      );
    });

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
      .action(async (path: string, options: WhereFlags) => {
        const { whereCommand } = await import('./commands/where.ts');
        exit = await whereCommand(
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
          stop.signal,
        );
      });
  detect(program.command('detect'));
  // The former name of the command.
  detect(program.command('where', { hidden: true }));

  program
    .command('check')
    .description(
      'find images with missing or placeholder alt text, or with a missing file; exit code 1 if any',
    )
    .argument(...PATHS)
    .option(...VAULT)
    .option(...JSON_LINES)
    .action(async (paths: string[], options: { vault?: string; json?: true }) => {
      const { checkCommand } = await import('./commands/check.ts');
      exit = await checkCommand(await selectVaults(paths, options.vault), { json: options.json ?? false });
    });

  program
    .command('undo')
    .description('undo the last batch, except where the text has changed since')
    .option('--list', 'list batches, newest first')
    .option(...VAULT)
    .option(...JSON_LINES)
    .action(async (options: { vault?: string; list?: true; json?: true }) => {
      const { undoCommand } = await import('./commands/undo.ts');
      exit = await undoCommand(
        options.vault,
        { list: options.list ?? false, json: options.json ?? false },
        stop.signal,
      );
    });

  program
    .command('models')
    .description('list the models of the server, whether they support images, and the automatic choice')
    .addOption(HOST)
    .option(...JSON_LINES)
    .action(async (options: { host: readonly string[]; json?: true }) => {
      const { modelsCommand } = await import('./commands/models.ts');
      exit = await modelsCommand({ hosts: options.host, json: options.json ?? false }, stop.signal);
    });

  program
    .command('pull')
    .description('download a model to the Ollama server')
    .argument('<name>', 'model name, such as gemma3:4b')
    .addOption(HOST)
    .option(...JSON_LINES)
    .action(async (name: string, options: { host: readonly string[]; json?: true }) => {
      const { pullCommand } = await import('./commands/pull.ts');
      exit = await pullCommand(name, { hosts: options.host, json: options.json ?? false }, stop.signal);
    });

  return { program, exit: () => exit };
}

/** Runs the command line. @returns the exit code */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  const stop = new AbortController();
  process.on('SIGINT', () => {
    // A second Ctrl-C doesn't wait.
    if (stop.signal.aborted) process.exit(EXIT.stopped);
    stop.abort();
  });
  const { program, exit } = buildCommandLine(stop);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse;
    if (isCancelled(error)) {
      say('Stopped.');
      return EXIT.stopped;
    }
    if (!(error instanceof NotesightError)) throw error;
    say(inWords(error));
    return error.code === 'bad_usage' ? EXIT.wrongUse : EXIT.failed;
  }
  return exit();
}

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

interface WhereFlags {
  readonly image: number[];
  readonly out?: string;
  readonly language: string;
  readonly host: string[];
  readonly model?: string;
  readonly vault?: string;
  readonly json?: true;
}

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
  readonly concurrency: number;
  readonly cache: boolean;
  readonly vault?: string;
  readonly json?: true;
}
