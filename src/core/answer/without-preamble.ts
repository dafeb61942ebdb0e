/** How models begin before they answer, in lower case and followed by a colon. */
const OPENERS =
  "sure|certainly|of course|absolutely|okay|ok|alright|great|here(?:'s| is| are|,)?|below (?:is|are)|this is|the following(?: is)?|" +
  'конечно|разумеется|хорошо|вот|ниже|hier(?: ist| sind)?|gerne?|natürlich|klar|selbstverständlich|voici|bien sûr|' +
  'claro|por supuesto|aquí|aqui|com certeza|certo|certamente|ecco|当然|好的|以下|这是|はい|もちろん|以下|こちら|네|물론|다음은|여기';

/** Names that models use for the requested text. */
const REQUESTED =
  'text|alt|caption|description|sentence|answer|response|summary|option|json|image|текст|описание|подпись|предложение|ответ|сводка|резюме|' +
  'beschreibung|satz|antwort|zusammenfassung|bild|texte|phrase|réponse|résumé|descripción|frase|respuesta|resumen|texto|descrição|resposta|resumo|' +
  'testo|descrizione|risposta|riassunto|文本|描述|句子|说明|摘要|回答|テキスト|説明|文|要約|텍스트|설명|문장|요약';

/** UTF-16 units: a longer text is not a preamble. */
const PREAMBLE = new RegExp(
  `^\\s*["'*_¡]*(?:${OPENERS})(?!\\p{L})(?=[^:：\\n]{0,160}[:：])(?=[^:：\\n]*(?:${REQUESTED}))[^:：\\n]{0,160}[:：][*_"']*\\s*`,
  'iu',
);
const ASSENT =
  /^\s*¡?(?:sure(?: thing)?|certainly|of course|absolutely|конечно|gerne|natürlich|bien sûr|claro|certo|当然|もちろん|물론)\s*[!！.。,，]\s*(?=\S)/iu;

/**
 * Removes what a model says before its answer, such as "Sure! Here is the alt text:". Of several answers in a list,
 * keeps the first. Removes a separate paragraph after the answer.
 */
export function withoutPreamble(text: string): string {
  const answer = text.replace(PREAMBLE, '').replace(ASSENT, '');
  if (answer === text) return firstParagraph(text);
  const [, item] =
    /^\s*(?:[-*+]|\d{1,2}[.)])\s+(.+(?:\n(?!\s*(?:[-*+]|\d{1,2}[.)])\s).+)*)/u.exec(answer) ?? [];
  return item === undefined
    ? firstParagraph(answer)
    : item.replace(/^\*\*[^*\n]{1,60}(?::\*\*|\*\*:)\s*(?=\S)/u, '');
}

/** Removes the preamble of a longer answer in Markdown, and keeps its paragraphs and lists. */
export function withoutSummaryPreamble(text: string): string {
  return text.replace(PREAMBLE, '').replace(ASSENT, '');
}

/** Keeps everything up to the first paragraph that ends with a sentence. */
function firstParagraph(text: string): string {
  const end = /[.!?…。！？"'”»」*]\s*\n\s*\n/u.exec(text);
  return end === null || text.slice(0, end.index).trim() === '' ? text : text.slice(0, end.index + 1);
}
