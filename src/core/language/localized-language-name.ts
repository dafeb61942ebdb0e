/**
 * Returns the name of a language in the given locale.
 * @param code ISO 639-1
 */
export function localizedLanguageName(locale: string, code: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
