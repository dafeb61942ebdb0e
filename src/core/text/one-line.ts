/** Bidirectional controls, which would reorder the surrounding text. https://www.unicode.org/reports/tr9/ */
const BIDI_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** Whitespace and control characters, including every Unicode line break (such as U+0085, U+2028 and U+2029). */
const SPACE = /[\s\p{Cc}]+/gu;

/** @returns a text as one line: whitespace and control characters collapsed, unpaired surrogates as U+FFFD */
export function oneLine(text: string): string {
  return text
    .replace(BIDI_CONTROLS, '')
    .replace(SPACE, ' ')
    .replace(/\p{Cs}/gu, '\uFFFD')
    .trim();
}
