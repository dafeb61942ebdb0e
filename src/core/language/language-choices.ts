import { LANGUAGE_CODES, LANGUAGE_VARIANTS } from './language-codes.ts';

/** The languages that most notes are written in. */
const COMMON: ReadonlySet<string> = new Set(
  (
    'ar bg bn ca cs da de el en en-GB es et fa fi fr he hi hr hu id it ja ko lt lv ms nb nl pl pt pt-BR pt-PT ro ru ' +
    'sk sl sr sv th tr uk ur vi zh zh-Hans zh-Hant'
  ).split(' '),
);

export interface LanguageChoice {
  /** As `languageCode` accepts it. */
  readonly code: string;
  readonly name: string;
}

export interface LanguageChoices {
  readonly common: readonly LanguageChoice[];
  readonly others: readonly LanguageChoice[];
}

/**
 * The languages that a user can choose, sorted by their names in the language of the interface. Omits languages
 * without a name and second codes of the same language (`tw` for Akan).
 * @param locale a BCP 47 tag
 */
export function languageChoices(locale: string): LanguageChoices {
  const names = new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' });
  const byName = new Map<string, LanguageChoice>();
  for (const code of [...LANGUAGE_CODES, ...LANGUAGE_VARIANTS]) {
    const name = names.of(code);
    if (name !== undefined && !byName.has(name)) byName.set(name, { code, name });
  }
  const sorted = [...byName.values()].sort((a, b) => a.name.localeCompare(b.name, locale));
  return {
    common: sorted.filter(({ code }) => COMMON.has(code)),
    others: sorted.filter(({ code }) => !COMMON.has(code)),
  };
}
