/**
 * Normalizes a language code: ISO 639 with an optional script and region, such as `de`, `pt-BR`, `sr-Latn`,
 * `zh-TW`.
 * @returns the code in BCP 47 spelling, or null if it is not a known language
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

/** Returns a code without its script and region: `zh` for `zh-Hant-TW`. */
export const baseLanguage = (code: string): string => code.replace(/-.*/, '');

/**
 * Returns the language to write in if nothing else determines it.
 * @param usual the most common language in the vault, or null
 * @param locale locale of the interface, such as `de-AT`
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
