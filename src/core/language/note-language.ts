import type { DetectLanguage } from '../ports.ts';
import { languageCode } from './language-code.ts';

export interface NoteLanguage {
  /** As `languageCode` spells it. */
  readonly code: string;
  /** Whether it could not be told from the text, and is only what the vault or the interface is written in. */
  readonly assumed: boolean;
}

/**
 * The language to write about a note in.
 * @param setting a code, or `auto` for the note's own
 * @param text the words of the note
 * @param fallback the code that holds where the note's own language is not sure
 */
export function noteLanguage(
  setting: string,
  text: string,
  detect: DetectLanguage,
  fallback: string,
): NoteLanguage {
  if (setting !== 'auto') return { code: languageCode(setting) ?? setting, assumed: false };
  const detected = detect(text);
  return { code: detected ?? fallback, assumed: detected === null };
}
