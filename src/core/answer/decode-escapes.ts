import { CHARACTER_REFERENCE, decodeToken } from '../markdown/character-references.ts';

const UNICODE = /\\u(?:\{([0-9a-f]{1,6})\}|([0-9a-f]{4}))/gi;
const REFERENCES = new RegExp(CHARACTER_REFERENCE, 'g');
/** A word with a path of Windows in it: a drive, a share, a folder, or a file with its extension behind a backslash. */
const PATH = /(?<!\p{L})\p{L}:\\|^[^\p{L}\p{N}]*(?:\\|[.~%]\S*\\)|\\[^\\]*\.\p{L}\w{0,4}[^\p{L}\p{N}]*$/u;
/** Commands of LaTeX that begin like an escape. */
const LATEX =
  /^\\(?:nabla|neq?|neg|ni|not(?:in)?|nu|newline|tau|theta|times|to|text\w*|top|tan|tilde|rho|right\w*|r(?:angle|ceil|floor))(?![a-z])/;

/** What a model wrote as an escape of JSON or a reference of HTML, though it stands in plain text. */
export function decodeEscapes(text: string): string {
  return decodeUnicode(text)
    .replaceAll('\\"', '"')
    .replace(/\S*\\[nrt]\S*/g, (word) => (PATH.test(word) ? word : word.replace(/\\[nrt][a-z]*/g, decoded)))
    .replace(REFERENCES, decodeToken);
}

/** Only the escapes that never stand for themselves. */
export function decodeUnicode(text: string): string {
  return text.replace(UNICODE, (escape, braced: string | undefined, plain: string | undefined) => {
    const code = Number.parseInt(braced ?? plain ?? '', 16);
    return code > 0x10ffff ? escape : code > 0xffff ? String.fromCodePoint(code) : String.fromCharCode(code);
  });
}

function decoded(escape: string): string {
  return LATEX.test(escape) ? escape : ` ${escape.slice(2)}`;
}
