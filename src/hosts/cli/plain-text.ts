/** A model's words for a terminal: without what would steer it, but for line breaks and tabs. */
export function plainText(text: string): string {
  return text.replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, (control) =>
    /[\n\t]/.test(control) ? control : '',
  );
}
