import { CHARACTER_REFERENCE, decodeToken } from '../markdown/character-references.ts';

const UNICODE = /\\u(?:\{([0-9a-f]{1,6})\}|([0-9a-f]{4}))/gi;
const REFERENCES = new RegExp(CHARACTER_REFERENCE, 'g');
/**
 * A word that contains a Windows path: a drive, a share, a folder, or a file name with an extension after a
 * backslash.
 */
const PATH = /(?<!\p{L})\p{L}:\\|^[^\p{L}\p{N}]*(?:\\|[.~%]\S*\\)|\\[^\\]*\.\p{L}\w{0,4}[^\p{L}\p{N}]*$/u;
/** LaTeX commands that begin like an escape. */
const LATEX =
  /^\\(?:nabla|neq?|neg|ni|not(?:in)?|nu|newline|tau|theta|times|to|text\w*|top|tan|tilde|rho|right\w*|r(?:angle|ceil|floor))(?![a-z])/;

/** Decodes JSON escapes and HTML references that a model wrote in plain text. */
export function decodeEscapes(text: string): string {
  return decodeUnicode(text)
    .replaceAll('\\"', '"')
    .replace(/\S*\\[nrt]\S*/g, (word) => (PATH.test(word) ? word : word.replace(/\\[nrt][a-z]*/g, decoded)))
    .replace(REFERENCES, decodeToken);
}

/** Decodes only the escapes that are never meant literally. */
export function decodeUnicode(text: string): string {
  return text.replace(UNICODE, (escape, braced: string | undefined, plain: string | undefined) => {
    const code = Number.parseInt(braced ?? plain ?? '', 16);
    return code > 0x10ffff ? escape : code > 0xffff ? String.fromCodePoint(code) : String.fromCharCode(code);
  });
}

function decoded(escape: string): string {
  return LATEX.test(escape) ? escape : ` ${escape.slice(2)}`;
}
