/**
 * The languages told apart, by ISO 639-1 code, each by its most frequent short words: a few
 * sentences of any text hold several.
 */
const FUNCTION_WORDS: Readonly<Record<string, string>> = {
  en: 'the of and to is it you that was for on are with as his they be at this have from or had by but not what all were we when your can said there use an each which she do how their if will up about out then them these so some her would make like has look two more see he its our into may been who any only also after over between should must',
  de: 'der die das und ist nicht ein eine einen einem einer eines mit von zu den dem des auf für im sich auch als an werden aus er hat dass sie nach wird bei noch wie über so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei kann wenn ich wir ihr ihre seine alle jeder hier sind am beim unter gegen keine kein wo was ihm uns',
  fr: 'le la les de des du et est un une que qui dans pour pas sur au aux avec ce il elle ne se sont par plus je nous vous mais ou où son sa ses cette ces tout on leur être été à d l qu en comme si même toute tous fait ont aussi sans entre doit peut',
  es: 'el la los las de del y que en un una es por con no para se lo al como más su sus o pero le este esta sí son entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante todos uno les ni ser tiene está fue era a sea',
  it: 'il lo la gli le di del della dei delle degli e è che in un una per non con si da sono come anche più al alla ai alle dal dalla nel nella nei nelle su sul sulla ma o ha ogni essere questo questa cui suo sua loro dello nello se tutti tra stato i',
  pt: 'o a os as de do da dos das e é que em um uma para com não no na nos nas por mais se como mas ao ele à seu sua ou ser quando muito há já está eu também só pelo pela até isso ela entre era depois sem mesmo aos ter seus quem tem são foi às',
  nl: 'de het een en van in is dat op te zijn met voor niet die aan er om ook als dan maar bij uit nog naar door over ze wordt worden heeft of hij had tot kan wel geen was zich hun deze dit wat ik je we haar moet onder zonder zal zo hebben werd mag',
  pl: 'i w z na do nie się jest to że o jak a ale po co za od przez przy dla czy lub oraz jego są być tym tego który która które może ma ich ze tylko już także każdy bez pod nad był było będzie jako tak ani innych wszystkich we tej u',
  cs: 'a v na se je že s z do o i to jako za po pro ve k jsou by ale od který která které jeho nebo při být tak své má jen také podle ze už až bez může není byl bylo jsme aby nad mezi jejich než každý před pod což co si u svou svého ani',
  sv: 'och i att det som en på är av för med till den har inte om ett han men var jag sig från vi så kan när år under också eller nu där vid mot ska skulle vara finns alla andra efter mycket varje bara blir sin sina sitt hur de du över hade får ha utan någon',
  tr: 've bir bu da de için ile olarak çok daha olan gibi kadar sonra ne her veya ancak ki o en ise değil var hem olduğu şey ben sen biz onlar olduğunu vardır tarafından göre onun kendi iki bütün herkesin herkes hiç kimse dir ya diye ama',
};

/** Letters of few languages only: each counts like a word. */
const LETTERS: Readonly<Record<string, string>> = {
  de: 'äöüß',
  fr: 'àâçèéêëîïôùûœ',
  es: 'ñáéíóú¿¡',
  it: 'àèéìòù',
  pt: 'ãõáâàçéêíóôú',
  nl: 'ëï',
  pl: 'ąćęłńóśźż',
  cs: 'áčďéěíňóřšťúůýž',
  sv: 'åäö',
  tr: 'çğıöşü',
};

/** Fewer letters say nothing: a title of one word is in any language of its script. */
const LEAST_LETTERS = 24;

/** How many characters are looked at: more say nothing new. */
const LOOKED_AT = 5000;

const languagesOfWord = new Map<string, string[]>();
for (const [language, words] of Object.entries(FUNCTION_WORDS)) {
  for (const word of new Set(words.split(' '))) {
    languagesOfWord.set(word, [...(languagesOfWord.get(word) ?? []), language]);
  }
}
const languagesOfLetter = new Map<string, string[]>();
for (const [language, letters] of Object.entries(LETTERS)) {
  for (const letter of letters) {
    languagesOfLetter.set(letter, [...(languagesOfLetter.get(letter) ?? []), language]);
  }
}

/**
 * @returns the ISO 639-1 code of the language a text is written in, or null where there is too little to tell.
 * Told are the languages of the tables above, Russian, Ukrainian, Chinese, Japanese and Korean.
 */
export function detectLanguage(text: string): string | null {
  const start = text.slice(0, LOOKED_AT).normalize('NFC').toLowerCase();
  const letters = count(start, /\p{L}/gu);
  if (letters === 0) return null;
  // Names and terms in Latin letters stand in every Russian note about technology.
  if (count(start, /\p{Script=Cyrillic}/gu) * 4 > letters) {
    return count(start, /[іїєґ]/gu) > count(start, /[ыэёъ]/gu) ? 'uk' : 'ru';
  }
  const latin = count(start, /\p{Script=Latin}/gu);
  if (latin * 2 > letters) return latin < LEAST_LETTERS ? null : likeliestLatin(start);
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(start)) return 'ja';
  if (/\p{Script=Hangul}/u.test(start)) return 'ko';
  return /\p{Script=Han}/u.test(start) ? 'zh' : null;
}

function likeliestLatin(text: string): string | null {
  const scores = new Map<string, number>();
  // A word or letter of several languages says the less for each.
  const vote = (languages: readonly string[] = []) => {
    for (const language of languages) {
      scores.set(language, (scores.get(language) ?? 0) + 1 / languages.length);
    }
  };
  for (const [word] of text.matchAll(/\p{L}+/gu)) vote(languagesOfWord.get(word));
  for (const letter of text) vote(languagesOfLetter.get(letter));
  const [first, second] = [...scores].sort(([, a], [, b]) => b - a);
  return first === undefined || first[1] === second?.[1] ? null : first[0];
}

function count(text: string, letters: RegExp): number {
  return text.match(letters)?.length ?? 0;
}
