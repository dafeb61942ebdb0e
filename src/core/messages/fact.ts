import type { ErrorData } from '../errors.ts';

/** Error data as words, or more general ones where nobody knew it. */
export function fact(
  data: ErrorData,
  key: string,
  words: (value: string) => string,
  otherwise: string,
): string {
  const value = data[key];
  return value === undefined || value === '' ? otherwise : words(String(value));
}
