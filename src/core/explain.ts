import type { NotesightError } from './errors.ts';
import { explainEn } from './words/explain-en.ts';
import { explainRu } from './words/explain-ru.ts';
import type { ExplainHost, ExplainTable, HostWords } from './words/explain-table.ts';

/** What a person reads about an error: what is wrong, and what to do about it. Both are whole sentences. */
export interface Explanation {
  readonly message: string;
  readonly advice: string;
}

/** Who reads it, and where. */
export interface Reader {
  readonly language: 'en' | 'ru';
  readonly host: ExplainHost;
}

const TABLES: Readonly<Record<Reader['language'], ExplainTable>> = { en: explainEn, ru: explainRu };

/** The words for an error; the one place that has them. */
export function explain(error: NotesightError, { language, host }: Reader): Explanation {
  const { message, advice } = TABLES[language](error.code, error.data);
  return { message: sentence(message, host), advice: sentence(advice, host) };
}

function sentence(words: HostWords, host: ExplainHost): string {
  const text = typeof words === 'string' ? words : words[host];
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
