import type { NotesightError } from '../errors.ts';
import { explainEn } from './explain-en.ts';
import { explainRu } from './explain-ru.ts';
import type { ExplainTable } from './explain-table.ts';

/** What a person reads about an error: what is wrong, and what to do about it. Both are whole sentences. */
export interface Explanation {
  readonly message: string;
  readonly advice: string;
}

/** The languages that there are words in. */
export type WordsLanguage = 'en' | 'ru';

const TABLES: Readonly<Record<WordsLanguage, ExplainTable>> = { en: explainEn, ru: explainRu };

/** The words for an error, as an editor says them: with settings and buttons. The one place that has them. */
export function explain(error: NotesightError, language: WordsLanguage): Explanation {
  const { message, advice } = TABLES[language](error.code, error.data);
  return { message: sentence(message), advice: sentence(advice) };
}

/** With the full stop that it lacks. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
