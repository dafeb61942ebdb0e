const names = new Map<string, string>();

/** A language in English and in itself, as models know it best: `Russian (русский)`. @param code ISO 639-1 */
export function languageName(code: string): string {
  const known = names.get(code);
  if (known !== undefined) return known;
  const english = nameIn('en', code);
  const own = nameIn(code, code);
  const name = own.toLowerCase() === english.toLowerCase() ? english : `${english} (${own})`;
  // Looking names up takes milliseconds, and every prompt has one.
  names.set(code, name);
  return name;
}

function nameIn(locale: string, code: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? code;
  } catch {
    // Not a language code: the user's own word, `Klingon`, will do.
    return code;
  }
}
