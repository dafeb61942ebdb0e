import type { ErrorData } from '../errors.ts';

/** Returns error data as text, or a general fallback if it is missing. */
export function fact(
  data: ErrorData,
  key: string,
  words: (value: string) => string,
  otherwise: string,
): string {
  const value = data[key];
  return value === undefined || value === '' ? otherwise : words(String(value));
}
