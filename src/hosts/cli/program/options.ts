import { InvalidArgumentError, Option } from 'commander';
import { languageCode } from '../../../core/language/language-code.ts';
import type { PixelRegion } from '../../../core/ports.ts';
import type { ExitCode } from '../output.ts';

/** One run of the command line. */
export interface Run {
  /** Aborted when the user stops the command. */
  readonly signal: AbortSignal;
  /** Sets the exit code. */
  readonly end: (code: ExitCode) => void;
}

/** A whole number from 1 on. */
export function count(value: string): number {
  if (!/^[1-9]\d{0,2}$/.test(value)) throw new InvalidArgumentError('Use a whole number from 1 to 999.');
  return Number(value);
}

export function each(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

export function numbers(value: string, before: readonly number[]): number[] {
  return [...before, count(value)];
}

export function region(value: string): PixelRegion {
  const [x, y, width, height] = /^\d{1,6}(?:,\d{1,6}){3}$/.test(value) ? value.split(',').map(Number) : [];
  if (x === undefined || y === undefined || !width || !height) {
    throw new InvalidArgumentError('Use x,y,width,height in pixels, such as 10,20,300,200.');
  }
  return { x, y, width, height };
}

export function language(value: string): string {
  const code = value === 'auto' ? value : languageCode(value);
  if (code === null) {
    throw new InvalidArgumentError('Use auto or a language code such as en, pt-BR, or zh-TW.');
  }
  return code;
}

export const VAULT = [
  '--vault <dir>',
  'vault folder (default: the nearest parent folder with .obsidian, or else with .git)',
] as const;
export const HOST = new Option(
  '--host <url>',
  'address of Ollama or an OpenAI-compatible server, such as llama-server, LM Studio, or vLLM; can be repeated, ' +
    'preferred server first',
)
  .argParser(each)
  .default([], 'NOTESIGHT_HOSTS, OLLAMA_HOST, or http://127.0.0.1:11434');
export const JSON_LINES = ['--json', 'print one JSON object per line'] as const;
export const PATHS = ['<path...>', 'notes, folders, or vaults'] as const;
