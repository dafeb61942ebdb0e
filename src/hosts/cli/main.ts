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

/** A whole number from 1 on. */
function count(value: string): number {
  if (!/^[1-9]\d{0,2}$/.test(value)) throw new InvalidArgumentError('It takes a whole number from 1 to 999.');
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
    throw new InvalidArgumentError('It takes x,y,width,height in pixels, such as 10,20,300,200.');
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
  'the vault (default: the nearest folder above with .obsidian, else with .git)',
] as const;
const HOST = new Option(
  '--host <url>',
  'the address of Ollama or of a server compatible with OpenAI, such as llama-server, LM Studio or vLLM; may be ' +
    'repeated, the preferred first',
)
  .argParser(each)
  .default([], 'NOTESIGHT_HOSTS, OLLAMA_HOST, else http://127.0.0.1:11434');
const JSON_LINES = ['--json', 'one JSON object a line'] as const;
const PATHS = ['<path...>', 'notes, folders or vaults'] as const;

interface FindFlags {
  readonly limit: number;
  readonly host: readonly string[];
  readonly vault?: string;
  readonly json?: true;
}

/** The commands and their options. */
export interface CommandLine {
  readonly program: Command;
  /** The exit code of the command that ran. */
  readonly exit: () => ExitCode;
}

/** @param stop aborted when the user stops the command */
export function buildCommandLine(stop: AbortController): CommandLine {
  let exit: ExitCode = EXIT.done;
  const program = new Command('notesight')
    .description('Alt text for the images in Markdown notes, from a local vision model.')
    .version(packageJson.version)
    .addHelpText(
      'after',
      '\nSeveral servers: --host "desktop x4" --host "https://gateway.example/v1 token", or both in NOTESIGHT_HOSTS with a comma\n' +
        'between them. A batch spreads over all that have the model; x4 is how many images one is shown at once.\n' +
        'Environment: NOTESIGHT_API_KEY is sent to the server as a bearer token, of several only to those with "token" behind\n' +
        'their address, and to no other; OLLAMA_API_KEY to ollama.com, for ask --web; NOTESIGHT_DATA is the folder for what is\n' +
        'remembered.',
    )
    .showHelpAfterError('Run notesight --help for help.')
    .exitOverride();

  program
    .command('images')
    .description('list every embedded image')
    .argument(...PATHS)
    .option(...VAULT)
    .option(...JSON_LINES)
    .action(async (paths: string[], options: { vault?: string; json?: true }) => {
      const { imagesCommand } = await import('./commands/images.ts');
      exit = await imagesCommand(await selectVaults(paths, options.vault), { json: options.json ?? false });
    });

  program
    .command('caption')
    .description('write alt text for the images that have none (without --write: show what would be written)')
    .argument(...PATHS)
    .option('--write', 'write the notes; without it, only a diff is printed')
    .option('--replace', 'also replace the words that images already have')
    .addOption(
      new Option(
        '--style <style>',
        'where the words go: the alt text, and with it a caption line or a callout below',
      )
        .choices(['alt', 'below', 'callout'])
        .default('alt'),
    )
    .option('--language <code>', "the language to write in: auto is the note's own", language, 'auto')
    .addOption(
      new Option(
        '--engine <engine>',
        'who looks: auto is the server where it has a vision model, else the embedded engine (text, objects, faces); ' +
          'ollama and openai say what the server speaks, which else it is asked',
      )
        .choices(['auto', 'ollama', 'openai', 'embedded'])
        .default('auto'),
    )
    .addOption(HOST)
    .option('--model <name>', 'the vision model (default: the best that the server has)')
    .addOption(
      new Option(
        '--detail <when>',
        'also analyze tiles of images, with several requests each: auto takes those with fine print or thin lines that ' +
          'the model would not see (at most 4 tiles), always all that are sent smaller than they are (at most 9); left ' +
          'out, each image is one request, and the images that tiles would help are counted',
      ).choices(['off', 'auto', 'always']),
    )
    .option('--no-text-hint', 'do not give the model the text that OCR reads in images with much of it')
    .option(
      '--second-model <name>',
      'a model that describes each image too; what the two disagree on is said',
    )
    .option('--concurrency <n>', 'how many images the model is shown at once, on each server', count, 1)
    .option('--no-cache', 'ask the model anew, also about images it has described before')
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
    .description('ask a question about the images of a note')
    .argument('<note>', 'the note')
    .argument('<question>', 'in any language')
    .addOption(
      new Option('--image <n>', 'ask about this image only: its number in the note, from 1; may be repeated')
        .argParser(numbers)
        .default([], 'those that it is about'),
    )
    .option('--region <x,y,w,h>', 'look closely at this part of the image, in pixels of it', region)
    .option(
      '--no-tools',
      'offer no tools to a model that can call some: to read text, find objects, look closely, search notes',
    )
    .option(
      '--web',
      'let the model search the web, by ollama.com and with the key in OLLAMA_API_KEY: what it looks for leaves the machine',
    )
    .addOption(HOST)
    .option('--model <name>', 'the model (default: the best that the server has)')
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
    .description('summarize a note with its images (without --write: only show it)')
    .argument('<note>', 'the note')
    .option('--write', 'write the summary into the note; the one that is there is replaced')
    .addOption(
      new Option('--place <place>', 'where a new summary goes').choices(['top', 'bottom']).default('top'),
    )
    .option('--to <path>', 'write it to another note of the vault, and a link to that into the note')
    .option('--replace', 'also replace a summary that somebody changed by hand')
    .option('--language <code>', "the language to write in: auto is the note's own", language, 'auto')
    .addOption(HOST)
    .option('--model <name>', 'the model (default: the best that the server has)')
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
    .description('find images by what they show or say; exit code 1 if there are none')
    .argument('<path>', 'a note, folder or vault')
    .argument('<words>', 'the beginnings of words are enough')
    .option('--limit <n>', 'how many at most', count, 20)
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

  program
    .command('where')
    .description('tell what is where in an image: boxes as x,y,width,height in pixels of it')
    .argument('<path>', 'an image, or a note for its images')
    .addOption(
      new Option('--image <n>', 'only this image of the note: its number, from 1; may be repeated')
        .argParser(numbers)
        .default([], 'all of them'),
    )
    .option('--out <file>', 'draw the boxes over the image: into an .svg, .png, .jpg or .webp file')
    .option('--language <code>', "the language of the names: auto is the note's own", language, 'auto')
    .addOption(HOST)
    .option('--model <name>', 'the model (default: the best of the server that can tell where things are)')
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

  program
    .command('check')
    .description(
      'find images without alt text, with a useless one, or whose file is missing; exit code 1 if any',
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
    .description('take back what the last batch wrote, where it still stands')
    .option('--list', 'list the batches, the newest first')
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
    .description('list the models of the server: which can see, which one auto takes and why')
    .addOption(HOST)
    .option(...JSON_LINES)
    .action(async (options: { host: readonly string[]; json?: true }) => {
      const { modelsCommand } = await import('./commands/models.ts');
      exit = await modelsCommand({ hosts: options.host, json: options.json ?? false }, stop.signal);
    });

  program
    .command('pull')
    .description('have the server download a model')
    .argument('<name>', 'such as gemma3:4b')
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
