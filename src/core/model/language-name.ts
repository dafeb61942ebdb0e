/** A language in English and in itself, as models know it best: `Russian (русский)`. @param code ISO 639-1 */
export function languageName(code: string): string {
  const english = nameIn('en', code);
  const own = nameIn(code, code);
  return own.toLowerCase() === english.toLowerCase() ? english : `${english} (${own})`;
}

function nameIn(locale: string, code: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? code;
  } catch {
    // Not a language code: the user's own word, `Klingon`, will do.
    return code;
  }
}
