/** The main script of a text. */
export interface Script {
  readonly name: string;
  /** The only language in this script, or null. */
  readonly language: string | null;
  /** Otherwise the languages that n-grams distinguish. */
  readonly languages: readonly string[];
  /** Number of letters in this script. */
  readonly letters: number;
}

interface ScriptRow {
  readonly name: string;
  readonly pattern: RegExp;
  readonly language: string | null;
  readonly languages: readonly string[];
  /** A Han character represents a syllable or word, which takes several letters in other scripts. */
  readonly weight: number;
}

const row = (name: string, language: string | null, languages = '', weight = 1): ScriptRow => ({
  name,
  pattern: new RegExp(name === 'Han' ? '[\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}]' : `\\p{sc=${name}}`, 'gu'),
  language,
  languages: languages.split(' '),
  weight,
});

const SCRIPTS: readonly ScriptRow[] = [
  row(
    'Latin',
    null,
    'az ca cs da de en es et eu fi fr hr hu is it lt lv ms nl no pl pt ro sk sl sq sv tl tr vi yo',
  ),
  row('Cyrillic', null, 'be bg ru sr uk'),
  row('Arabic', null, 'ar fa ku ur'),
  row('Devanagari', null, 'hi mr'),
  row('Han', null, '', 3),
  row('Hangul', 'ko', '', 3),
  row('Greek', 'el'),
  row('Hebrew', 'he'),
  row('Thai', 'th'),
  row('Lao', 'lo'),
  row('Khmer', 'km'),
  row('Myanmar', 'my'),
  row('Georgian', 'ka'),
  row('Armenian', 'hy'),
  row('Ethiopic', 'am'),
  row('Bengali', 'bn'),
  row('Gujarati', 'gu'),
  row('Gurmukhi', 'pa'),
  row('Oriya', 'or'),
  row('Tamil', 'ta'),
  row('Telugu', 'te'),
  row('Kannada', 'kn'),
  row('Malayalam', 'ml'),
  row('Sinhala', 'si'),
  row('Tibetan', 'bo'),
  row('Thaana', 'dv'),
];

/**
 * Minimum share of a script other than Latin. Notes in every language contain names and terms in Latin
 * letters.
 */
const LEAST_SHARE = 0.25;

/** @returns null for a text without letters or in an unknown script */
export function mainScript(text: string): Script | null {
  const counted = SCRIPTS.map(({ name, pattern, language, languages, weight }) => {
    const letters = text.match(pattern)?.length ?? 0;
    return { name, language, languages, letters, weighed: letters * weight };
  }).filter(({ letters }) => letters > 0);
  const all = counted.reduce((sum, { weighed }) => sum + weighed, 0);
  const [foreign] = counted
    .filter(({ name, weighed }) => name !== 'Latin' && weighed > all * LEAST_SHARE)
    .sort((one, other) => other.weighed - one.weighed);
  return foreign ?? counted.find(({ name }) => name === 'Latin') ?? null;
}

/** A language identified by letters or parts of words that other languages in its script don't have. */
export interface Marked {
  readonly language: string;
  readonly marks: RegExp;
  /** Must also match, if other languages share some of the marks. */
  readonly needed?: RegExp;
}

/** In order of detection. */
export const MARKED: Readonly<Record<string, readonly Marked[]>> = {
  Cyrillic: [
    { language: 'be', marks: /ў/g },
    { language: 'uk', marks: /[їєґ]/g },
    { language: 'sr', marks: /[ђћ]/g },
    { language: 'mk', marks: /[ѓќѕ]/g },
    { language: 'tg', marks: /[ҷҳӣӯқғ]/g, needed: /[ҷҳӣӯ]/ },
    { language: 'kk', marks: /[ұәқғңөүі]/g, needed: /[ұәқ]/ },
    { language: 'mn', marks: /[өү]/g, needed: /х/ },
    { language: 'ky', marks: /[ңөү]/g },
  ],
  Arabic: [
    { language: 'ps', marks: /[ټډړږښځڅېۍ]/g, needed: /[ټډړږښځڅۍ]/ },
    { language: 'ug', marks: /[ۇۈې]/g },
    { language: 'ckb', marks: /[ڕڵۆێ]/g },
    { language: 'ur', marks: /[ٹڈڑے]/g },
    { language: 'sd', marks: /[ڄڃڇڏڊٻڀ]/g },
  ],
  Latin: [{ language: 'ro', marks: /[șț]/g }],
  Devanagari: [
    { language: 'ne', marks: /(?<!कु|पू)छ(?![\p{L}\p{M}])|छैन|छन्|लाई|गर्न/gu },
    { language: 'mr', marks: /ळ|आहे|च्या|ण्या/g },
  ],
};

/**
 * Letters that a language does not have although others in its script do. A text with several of them is in
 * another language.
 */
export const FOREIGN: Readonly<Record<string, RegExp>> = {
  ru: /[іїєґўјљњђћџ]/g,
  bg: /[ыэёіїєґўјљњђћџ]/g,
  uk: /[ыэёъўјљњђћџ]/g,
  be: /[ищъїєґјљњђћџ]/g,
  sr: /[ъыьэёйюящіїєґў]/g,
};

/** Letters that occur in nearly every sentence of these languages. */
export const NEEDED: Readonly<Record<string, RegExp>> = {
  az: /ə/,
  vi: /[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/,
  yo: /[ẹọṣ]/,
};

const wordsOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Related languages with common words unique to each. The n-grams don't distinguish some of them. */
export const RELATIVES: readonly Readonly<Record<string, ReadonlySet<string>>>[] = [
  {
    da: wordsOf('af hvad efter også blev bliver meget nogle noget dag dage mig dig uden tager ret være'),
    nb: wordsOf('av hva etter også ble blir mye noen noe dager meg deg uten tar rett å'),
  },
  {
    ms: wordsOf('ialah kerana boleh bahawa sahaja daripada hendaklah bagi awak kereta cuba ubat mahu tiap'),
    id: wordsOf('karena bisa bahwa saja dari harus dapat anda mobil coba obat mau setiap dengan'),
  },
  {
    sr: wordsOf('је у са који која сваки буде били нису или јер'),
    mk: wordsOf('во со ги го кои која секој бидат биле не дека'),
  },
  {
    ru: wordsOf('что это его её был была было к для они мы если также этот чтобы'),
    bg: wordsOf('се са беше който която това като има е ще във със но за към ние'),
  },
  {
    hi: wordsOf('है हैं और का की में से को नहीं यह'),
    mr: wordsOf('आणि आहेत या व नाही त्या करून होते केले'),
  },
  {
    cs: wordsOf('jsou že který která které jako nebo také není bylo být'),
    sk: wordsOf('sú že ktorý ktorá ktoré ako alebo tiež nie bolo byť'),
  },
];

/**
 * Characters with different forms in the three Han standards. Sources: the Chinese simplification tables of
 * 1964 and the Japanese list of 1946, as in the dictionaries of OpenCC (https://github.com/BYVoid/OpenCC).
 */
const SIMPLIFIED =
  /[们这说时对为个过发问还没样么进现长门间开见话语让认请谁谢读课该词译试识议记许设访证评诉调谈论观视觉览变边远运连选适达迁头买卖书师带帮战图团园圆报场块坏处备复够导寻专业东丝两严丧临举义乐习乡产亲从仅仪众优伟传伤侧倾偿储儿兰关兴养册军农决况净减几凤凭击划刘则刚创删别剑办务动势华协单厅历厉压县]/g;
const TRADITIONAL =
  /[們這個還沒麼嗎裡妳說會對發國樣讓讀譯證觀覺覽變邊賣帶戰圖團圓壞聲處將專絲兩嚴樂爭亞從價傳體餘兒關獸寫淨擊劑劍勸勵勞區醫單廳歷壓縣參雙與學點灣臺來檢經驗號數據實產廣應總續聽藝藥圍聯轉載鐵錄顯齊龍]/g;
const JAPANESE =
  /[両亀予仏仮伝倹児円処剣剤剰労効勅勧勲単厳営団囲図圏圧塁塩増壊壌壱売変奨嬢実寛専巣帯帰庁広廃弐弾従徳徴応恵悩悪懐戦戻払抜択拝拠拡挙挿捜掲揺摂撃斉斎暁暦栄桜検楽概様権欠歓歩歯歳歴毎気沢浜涙渇済渉渋渓満滝瀬焼犠猟獣畳発県砕稲穂穏穣粋粛経絵継続総縁縄縦繊聴脳臓艶荘蔵薫薬蛍覇覚観訳読譲豊賛転軽辺逓遅郷酔醸釈鉄鉱銭鋳錬関闘陥険隠雑霊頼顕駅駆騒験髄鶏黒黙齢込働畑峠]/g;

/**
 * Distinguishes simplified Chinese, traditional Chinese and Japanese: by kana, otherwise by the forms of
 * characters.
 */
export function hanLanguage(text: string): string {
  const kana = text.match(/[\p{sc=Hira}\p{sc=Kana}]/gu)?.length ?? 0;
  const han = text.match(/\p{sc=Han}/gu)?.length ?? 0;
  if (kana * 10 >= han) return 'ja';
  const count = (own: RegExp) => text.match(own)?.length ?? 0;
  const [simplified, traditional, japanese] = [count(SIMPLIFIED), count(TRADITIONAL), count(JAPANESE)];
  if (japanese > traditional && japanese > simplified) return 'ja';
  return traditional > simplified ? 'zh-Hant' : 'zh';
}
