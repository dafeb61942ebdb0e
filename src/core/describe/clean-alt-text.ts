import { withoutTokens } from '../answer/control-tokens.ts';
import { decodeEscapes } from '../answer/decode-escapes.ts';
import { withoutPreamble } from '../answer/without-preamble.ts';

/** Alt text of several sentences is cut to those that fit in this many UTF-16 units … */
const SOFT_LIMIT = 125;
/** … and a sentence longer than this is cut at a word. */
const HARD_LIMIT = 250;
/** UTF-16 units of an answer that are read; the rest is ignored. */
const MAX_READ = 2000;

/** Labels that models write before the alt text itself. */
const LABELS =
  /^(?:alt(?:ernative)?[ -]?(?:text|tag|description)|alt|(?:image )?(?:description|caption)|answer|альтернативный текст|описание изображения|подпись|alternativtext|bildbeschreibung|texte alternatif|texto alternativo|testo alternativo|替代文本|代替テキスト|대체 텍스트)\s*[:：]\s*/iu;

const EN_KIND = '(?:image|picture|photo(?:graph)?|illustration)';
/**
 * Phrases that only say that there is an image, which a screen reader says anyway. They are removed only if the rest
 * can stand alone, which it could not after a Russian genitive or a German dative.
 */
const PREFIXES: readonly RegExp[] = [
  new RegExp(
    `^(?:(?:this|here|it) is )?(?:an? |the |this )?${EN_KIND} (?:of|showing|depicting|that (?:shows|depicts)|which (?:shows|depicts)) `,
    'iu',
  ),
  new RegExp(`^(?:the |this )?${EN_KIND} (?:shows|depicts|displays|features) `, 'iu'),
  new RegExp(`^in (?:the|this) ${EN_KIND},? (?:there (?:is|are)|we (?:can )?see|you can see) `, 'iu'),
  /^(?:на|в) (?:этом |этой |данном |данной )?(?:изображении|картинке|рисунке|фотографии|фото|снимке) (?:показан[аоы]?|изображ[её]н[аоы]?|представлен[аоы]?|нарисован[аоы]?|вид(?:ен|на|но|ны)|находится|находятся)\s*:?\s*/iu,
  /^(?:это )?(?:изображение|картинка|рисунок|фотография|фото|снимок), на котор(?:ом|ой) (?:показан[аоы]?|изображ[её]н[аоы]?|представлен[аоы]?|вид(?:ен|на|но|ны)) /iu,
  /^(?:изображение|картинка|рисунок|фотография|фото)\s*:\s*/iu,
  /^(?:das|dieses) (?:bild|foto) zeigt /iu,
  /^(?:bild|foto|abbildung)\s*:\s*/iu,
];
/** In German, part of the phrase is at the end of the sentence. */
const GERMAN_FRAMES: readonly RegExp[] = [
  /^(?:auf|in) (?:dem|diesem) (?:bild|foto) (?:ist|sind|sieht man) (.+?)(?: zu sehen| dargestellt| abgebildet)?(\.?)$/iu,
  /^(?:ein |das |dieses )?(?:bild|foto), (?:das|welches) (.+) zeigt(\.?)$/iu,
];

const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '“': '”',
  '„': '“',
  '«': '»',
  '`': '`',
};

/**
 * Turns a model's answer into alt text: one line, without control tokens, Markdown, HTML, escapes, labels, preambles,
 * quotes around it, or "an image of", cut at a sentence or a word. The result has about 125 and never more than 250
 * UTF-16 units.
 * @param language ISO 639-1 code of the answer's language
 */
export function cleanAltText(raw: string, language: string): string {
  const decoded = decodeEscapes(withoutTokens(raw.slice(0, MAX_READ)));
  let text = withoutMarkdown(withoutHtml(withoutPreamble(decoded)))
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  text = withoutQuotes(withoutQuotes(text).replace(LABELS, ''));
  text = withoutPrefix(text);
  return shorten(text, language);
}

/**
 * Removes tags that break a line and paired tags that format text; any other tag may be part of what the image shows.
 */
function withoutHtml(text: string): string {
  return text
    .replace(/<(?:br|hr)\s*\/?>/giu, ' ')
    .replace(
      /<(b|i|u|s|p|em|strong|span|div|code|mark|small|sub|sup|a|h[1-6]|alt|caption)(?:\s[^<>]*)?>([^]*?)<\/\1>/giu,
      ' $2 ',
    );
}

function withoutMarkdown(text: string): string {
  return text
    .replace(/^\s*(?:#{1,6}|[-*+>])\s+/gmu, '')
    .replace(/!?\[([^\][]*)\]\([^()]*\)/gu, '$1')
    .replace(/\*\*|__|`/gu, '')
    .replace(/(^|[\s(])[*_]([^*_\n]+)[*_](?=[\s).,;:!?]|$)/gmu, '$1$2');
}

function withoutQuotes(text: string): string {
  const close = QUOTES[text.charAt(0)];
  const inner = text.slice(1, -1);
  const wrapped = text.length > 1 && close !== undefined && text.endsWith(close) && !inner.includes(close);
  return wrapped ? inner.trim() : text;
}

function withoutPrefix(text: string): string {
  for (const frame of GERMAN_FRAMES) {
    const [, inside, stop] = frame.exec(text) ?? [];
    if (inside !== undefined) return capitalised(inside + (stop ?? ''));
  }
  for (const prefix of PREFIXES) {
    const rest = text.replace(prefix, '');
    if (rest !== text && rest !== '') return capitalised(rest);
  }
  return text;
}

function capitalised(text: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase() + text.slice(first.length);
}

function shorten(text: string, language: string): string {
  if (text.length <= SOFT_LIMIT) return text;
  const sentences = segments(text, 'sentence', language);
  let kept = sentences[0] ?? '';
  for (const sentence of sentences.slice(1)) {
    if ((kept + sentence).trimEnd().length > SOFT_LIMIT) break;
    kept += sentence;
  }
  kept = kept.trim();
  if (kept.length <= HARD_LIMIT) return kept;
  let cut = '';
  for (const word of segments(kept, 'word', language)) {
    if (cut.length + word.length > HARD_LIMIT - 1) break;
    cut += word;
  }
  // A text without spaces is cut between two characters.
  if (cut.trim() === '') cut = kept.slice(0, HARD_LIMIT - 1).replace(/[\ud800-\udbff]$/u, '');
  return `${cut.replace(/[\s\p{P}]+$/u, '')}…`;
}

function segments(text: string, granularity: 'sentence' | 'word', language: string): string[] {
  return Array.from(
    new Intl.Segmenter(locale(language), { granularity }).segment(text),
    ({ segment }) => segment,
  );
}

function locale(language: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(language)[0];
  } catch {
    return undefined;
  }
}
