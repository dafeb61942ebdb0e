const ALPHABET = /^[A-Za-z0-9+/]$/;

/**
 * The error of Go's `encoding/base64` for a text in the standard alphabet with padding, or null if it is valid. The
 * offset counts bytes of the text. Source: https://go.dev/src/encoding/base64/base64.go (decodeQuantum).
 */
export function goBase64Error(text: string): string | null {
  const corrupt = (offset: number): string => `illegal base64 data at input byte ${offset}`;
  let digits = 0;
  let at = 0;
  const skipBreaks = (): void => {
    while (text[at] === '\n' || text[at] === '\r') at++;
  };
  for (;;) {
    skipBreaks();
    const character = text[at];
    if (character === undefined) return digits === 0 ? null : corrupt(at - digits);
    at++;
    if (ALPHABET.test(character)) {
      digits = (digits + 1) % 4;
      continue;
    }
    if (character !== '=' || digits < 2) return corrupt(at - 1);
    if (digits === 2) {
      skipBreaks();
      if (at === text.length) return corrupt(text.length);
      if (text[at] !== '=') return corrupt(at - 1);
      at++;
    }
    skipBreaks();
    return at < text.length ? corrupt(at) : null;
  }
}
