import { baseLanguage } from '../language/language-code.ts';
import type { DetectLanguage } from '../ports.ts';

/** The scripts of languages that are not written in Latin letters, by code. */
const SCRIPTS: Readonly<Record<string, RegExp>> = {
  ...perLanguage('ru uk be bg mk sr kk ky mn tg', /\p{sc=Cyrillic}/gu),
  ...perLanguage('zh', /\p{sc=Han}/gu),
  ...perLanguage('ja', /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/gu),
  ...perLanguage('ko', /\p{sc=Hangul}/gu),
  ...perLanguage('el', /\p{sc=Greek}/gu),
  ...perLanguage('ar fa ur ps ug', /\p{sc=Arabic}/gu),
  ...perLanguage('he yi', /\p{sc=Hebrew}/gu),
  ...perLanguage('hi mr ne sa', /\p{sc=Devanagari}/gu),
  ...perLanguage('bn as', /\p{sc=Bengali}/gu),
  ...perLanguage('ta', /\p{sc=Tamil}/gu),
  ...perLanguage('te', /\p{sc=Telugu}/gu),
  ...perLanguage('th', /\p{sc=Thai}/gu),
  ...perLanguage('ka', /\p{sc=Georgian}/gu),
  ...perLanguage('hy', /\p{sc=Armenian}/gu),
};
/** For languages that are not in `SCRIPTS`. */
const LATIN = /\p{sc=Latin}/gu;
const LETTERS = /\p{L}/gu;

/** Fewer letters are not enough to decide: a name, or a number with its unit. */
const MIN_LETTERS = 12;
/** The minimum share of letters in the language's own script: names and quotations stay in theirs. */
const MIN_SHARE = 0.25;
/**
 * The languages that models fall back to. For closely related languages, such as Norwegian and Danish, a detector is
 * wrong too often.
 */
const FALLBACKS: readonly string[] = ['en', 'zh'];

/**
 * Whether a text is certainly not in the requested language.
 * @param language a code
 */
export function isWrongLanguage(text: string, language: string, detect: DetectLanguage): boolean {
  const letters = text.match(LETTERS)?.length ?? 0;
  if (letters < MIN_LETTERS) return false;
  const own = text.match(scriptOf(language))?.length ?? 0;
  if (own / letters < MIN_SHARE) return true;
  const detected = detect(text);
  return (
    detected !== null &&
    baseLanguage(detected) !== baseLanguage(language) &&
    FALLBACKS.includes(baseLanguage(detected))
  );
}

/** A tag such as `sr-Latn` contains the script. */
function scriptOf(language: string): RegExp {
  return language.includes('-Latn') ? LATIN : (SCRIPTS[baseLanguage(language)] ?? LATIN);
}

function perLanguage(codes: string, script: RegExp): Record<string, RegExp> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, script]));
}
