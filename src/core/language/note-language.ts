import type { DetectLanguage } from '../ports.ts';
import { languageCode } from './language-code.ts';

export interface NoteLanguage {
  /** In the spelling of `languageCode`. */
  readonly code: string;
  /** Whether the language could not be detected in the text and is that of the vault or the interface. */
  readonly assumed: boolean;
}

/**
 * Returns the language for texts about a note.
 * @param setting a code, or `auto` for the language of the note
 * @param text the plain text of the note
 * @param fallback the code to use if the language of the note is uncertain
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
