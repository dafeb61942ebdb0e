/** Of the terminal, as LC_ALL or LANG says it: `de-AT`. */
export const cliLocale = (): string => Intl.DateTimeFormat().resolvedOptions().locale;
