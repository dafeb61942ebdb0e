/**
 * Removes control characters from a model's text, except line breaks and tabs, so that it can't control the terminal.
 */
export function plainText(text: string): string {
  return text.replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, (control) =>
    /[\n\t]/.test(control) ? control : '',
  );
}
