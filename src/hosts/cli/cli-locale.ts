/** The locale of the terminal from LC_ALL or LANG, such as `de-AT`. */
export const cliLocale = (): string => Intl.DateTimeFormat().resolvedOptions().locale;
