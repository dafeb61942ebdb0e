/**
 * The language that a person names by a code: ISO 639 with or without a script and a region, such as `de`, `pt-BR`,
 * `sr-Latn`, `zh-TW`.
 * @returns the code in its usual spelling (BCP 47), or null where it names no language
 */
export function languageCode(value: string): string | null {
  try {
    const locale = new Intl.Locale(value.trim().replaceAll('_', '-'));
    const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
    return names.of(locale.language) === undefined ? null : locale.baseName;
  } catch {
    return null;
  }
}

/** The language of a code without its script and region: `zh` of `zh-Hant-TW`. */
export const baseLanguage = (code: string): string => code.replace(/-.*/, '');

/**
 * The language to write in where nothing else says which.
 * @param usual the language that is usual in the vault, or null
 * @param locale of the interface, such as `de-AT`
 */
export function fallbackLanguage(usual: string | null, locale: string): string {
  if (usual !== null) return usual;
  try {
    const { language, script } = new Intl.Locale(locale).maximize();
    return language === 'zh' && script === 'Hant' ? 'zh-Hant' : language;
  } catch {
    return 'en';
  }
}
