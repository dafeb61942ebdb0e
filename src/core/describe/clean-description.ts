import { withoutTokens } from '../answer/control-tokens.ts';
import { decodeEscapes, decodeUnicode } from '../answer/decode-escapes.ts';
import { altFault } from './alt-text-fault.ts';

/** How models say that an image has no text, although they were asked to leave it empty. */
const NO_TEXT =
  /^[^\p{L}\p{N}]*(?:none|null|n\/?a|string|(?:there (?:is|are)|i see|contains?) no (?:visible |readable |legible |discernible )?(?:text|words)\b[^\n]{0,80}|(?:the )?image (?:contains|has|does(?: not|n't) contain)[^\n]{0,20}\btext\b[^\n]{0,40}|no (?:visible |readable |legible |discernible )?text(?: (?:is |was )?(?:in|on|visible|present|found|detected|readable|available)\b[^\n]{0,50})?|(?:на изображении )?(?:текст(?:а)? (?:отсутствует|нет)|нет(?: текста)?)|kein(?:e)?(?: sichtbarer| lesbarer)? text[^\n]{0,40}|aucun(?: texte[^\n]{0,40})?|(?:sin|ningún|no hay) texto[^\n]{0,40}|ninguno|(?:sem|nenhum|não há) texto[^\n]{0,40}|nenhum|nessun(?:o| testo[^\n]{0,40})|无|無|没有?(?:文字|文本)|无(?:可见)?(?:文字|文本)|(?:テキスト|文字)?(?:なし|はありません)|없음|(?:텍스트|글자) ?(?:없음|가 없습니다))[^\p{L}\p{N}]*$/iu;

/** The description as sentences; '' if it says nothing about the image. */
export function cleanDescription(raw: string): string {
  const text = decodeEscapes(withoutTokens(raw))
    .replace(/\ufffd+/g, '')
    .trim();
  return altFault(text, '') === null ? text : '';
}

/** Cleans the text that a model read in an image, line by line; '' if the model says that there is none. */
export function cleanImageText(raw: string): string {
  const text = decodeUnicode(withoutTokens(raw)).trim();
  return NO_TEXT.test(text) ? '' : text;
}
