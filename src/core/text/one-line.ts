/** Bidirectional controls: they would reorder what stands around the text. https://www.unicode.org/reports/tr9/ */
const BIDI_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** White space and control characters, among them every line break of Unicode (U+0085, U+2028 and U+2029 too). */
const SPACE = /[\s\p{Cc}]+/gu;

/** @returns a text as one line: white space and control characters folded, half surrogate pairs as U+FFFD */
export function oneLine(text: string): string {
  return text
    .replace(BIDI_CONTROLS, '')
    .replace(SPACE, ' ')
    .replace(/\p{Cs}/gu, '\uFFFD')
    .trim();
}
