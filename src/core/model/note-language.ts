import type { DetectLanguage } from '../ports.ts';

const DEFAULT_LANGUAGE = 'en';

/**
 * The language to write about a note in.
 * @param setting ISO 639-1 code, or `auto` for the note's own
 * @param text the words of the note
 * @returns ISO 639-1 code; English where the note's language can't be told
 */
export function noteLanguage(setting: string, text: string, detect: DetectLanguage): string {
  return setting === 'auto' ? (detect(text) ?? DEFAULT_LANGUAGE) : setting;
}
