import type { NotesightError } from '../errors.ts';
import { explainEn } from './explain-en.ts';
import { explainRu } from './explain-ru.ts';
import type { ExplainTable } from './explain-table.ts';

/** An error message and advice for people, as complete sentences. */
export interface Explanation {
  readonly message: string;
  readonly advice: string;
}

/** The languages of the messages. */
export type WordsLanguage = 'en' | 'ru';

const TABLES: Readonly<Record<WordsLanguage, ExplainTable>> = { en: explainEn, ru: explainRu };

/** Returns the message for an error, for editors with settings and buttons. The only source of these messages. */
export function explain(error: NotesightError, language: WordsLanguage): Explanation {
  const { message, advice } = TABLES[language](error.code, error.data);
  return { message: sentence(message), advice: sentence(advice) };
}

/** Adds a period unless the text ends with punctuation. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
