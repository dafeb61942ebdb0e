import { Command, CommanderError } from 'commander';
import process from 'node:process';
import packageJson from '../../../package.json' with { type: 'json' };
import { isCancelled, NotesightError } from '../../core/errors.ts';
import { EXIT, type ExitCode, errorText, say } from './output.ts';
import { addAsk } from './program/ask.ts';
import { addCaption } from './program/caption.ts';
import { addCheck } from './program/check.ts';
import { addDetect } from './program/detect.ts';
import { addFind } from './program/find.ts';
import { addImages } from './program/images.ts';
import { addModels } from './program/models.ts';
import { addPull } from './program/pull.ts';
import { addSummarize } from './program/summarize.ts';
import { addUndo } from './program/undo.ts';

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

  const run = {
    signal: stop.signal,
    end: (code: ExitCode) => {
      exit = code;
    },
  };
  for (const add of [
    addImages,
    addCaption,
    addAsk,
    addSummarize,
    addFind,
    addDetect,
    addCheck,
    addUndo,
    addModels,
    addPull,
  ])
    add(program, run);
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
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usageError;
    if (isCancelled(error)) {
      say('Stopped.');
      return EXIT.stopped;
    }
    if (!(error instanceof NotesightError)) throw error;
    say(errorText(error));
    return error.code === 'bad_usage' ? EXIT.usageError : EXIT.failed;
  }
  return exit();
}
