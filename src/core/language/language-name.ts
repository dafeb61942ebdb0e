const names = new Map<string, string>();

/**
 * Returns the name of a language in English and in the language itself, which works best in prompts:
 * `Russian (русский)`.
 * @param code ISO 639-1
 */
export function languageName(code: string): string {
  const known = names.get(code);
  if (known !== undefined) return known;
  const english = nameIn('en', code);
  const own = nameIn(code, code);
  const name = own.toLowerCase() === english.toLowerCase() ? english : `${english} (${own})`;
  // Cached because a lookup takes milliseconds and every prompt contains a name.
  names.set(code, name);
  return name;
}

function nameIn(locale: string, code: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? code;
  } catch {
    // Not a language code: uses the user's own word, such as `Klingon`.
    return code;
  }
}
