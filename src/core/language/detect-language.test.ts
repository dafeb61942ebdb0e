import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findImages } from '../note/find-images.ts';
import { readContext } from '../note/note-context.ts';
import { detectLanguage } from './detect-language.ts';

const samples = fileURLToPath(new URL('../../../samples/vault/', import.meta.url));
const NOT_ENGLISH: Readonly<Record<string, string>> = {
  'Reiseplan Leipzig.md': 'de',
  'Inbox/Seminar Wärmepumpe.md': 'de',
  'Лекция. Мультимодальные модели.md': 'ru',
};

test('detects the language of every sample note', () => {
  const notes = readdirSync(samples, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.md'),
  );
  const detected = notes.map((note) => {
    const markdown = readFileSync(`${samples}${note}`, 'utf8');
    return [note, detectLanguage(readContext(markdown, note, findImages(markdown)).text)];
  });
  const expected = notes.map((note) => [
    note,
    NOT_ENGLISH[note.replaceAll('\\', '/').normalize('NFC')] ?? 'en',
  ]);
  assert.deepEqual(detected, expected);
});

test('returns null for one or two words in Latin letters', () => {
  assert.equal(detectLanguage('Colors'), null);
  assert.equal(detectLanguage('IMG 2044 — 2026'), null);
  assert.equal(detectLanguage('Journey\nJourney A lighthouse'), null);
  assert.equal(detectLanguage(''), null);
});

test('detects a single Russian word, even among Latin terms', () => {
  assert.equal(detectLanguage('Слайды'), 'ru');
  assert.equal(detectLanguage('Лекция про Transformer и OmniFusion'), 'ru');
});

test('detects the language of a sentence', () => {
  const sentences: Readonly<Record<string, string>> = {
    en: 'The lecture begins with a short history of the field.',
    de: 'Die Vorlesung beginnt mit einer kurzen Geschichte des Faches.',
    fr: 'Le cours commence par une brève histoire de la discipline.',
    es: 'La clase empieza con una breve historia de la materia.',
    it: 'La lezione comincia con una breve storia della materia.',
    pt: 'A aula começa com uma breve história da disciplina.',
    nl: 'Het college begint met een korte geschiedenis van het vak.',
    pl: 'Wykład zaczyna się od krótkiej historii tej dziedziny.',
    cs: 'Přednáška začíná krátkou historií tohoto oboru, která je velmi zajímavá.',
    sk: 'Prednáška sa začína krátkou históriou tohto odboru, ktorá je veľmi zaujímavá.',
    sv: 'Föreläsningen börjar med en kort historik över ämnet.',
    da: 'Forelæsningen begynder med en kort historie om faget, og den er også meget sjov.',
    nb: 'Forelesningen begynner med en kort historie om faget, og den er ikke lang, men fin av form.',
    fi: 'Luento alkaa alan lyhyellä historialla.',
    hu: 'Az előadás a szakterület rövid történetével kezdődik.',
    ro: 'Cursul începe cu o scurtă istorie a domeniului.',
    tr: 'Ders, bu alanın kısa bir tarihi ile başlar ve çok ilginçtir.',
    az: 'Mühazirə bu sahənin qısa tarixi ilə başlayır.',
    vi: 'Bài giảng bắt đầu với lịch sử ngắn gọn của lĩnh vực này.',
    id: 'Kuliah ini dimulai dengan sejarah singkat bidang tersebut karena itu penting.',
    lt: 'Šiandien vaikščiojome paplūdimiu ir radome daug kriauklių, oras buvo šaltas, bet visą dieną švietė saulė.',
    ru: 'Лекция начинается с краткой истории предмета.',
    uk: 'Лекція починається з короткої історії предмета.',
    be: 'Лекцыя пачынаецца з кароткай гісторыі прадмета, якая ўсім вядомая.',
    bg: 'Днес се разхождахме по плажа и намерихме много миди. Времето беше студено.',
    sr: 'Предавање почиње кратком историјом предмета који сви већ знају.',
    mk: 'Денес се шетавме на плажа и најдовме многу школки кои ги зедовме со нас.',
    kk: 'Дәріс осы саланың қысқаша тарихынан басталады.',
    el: 'Η διάλεξη ξεκινά με μια σύντομη ιστορία του κλάδου.',
    he: 'ההרצאה מתחילה בהיסטוריה קצרה של התחום.',
    ar: 'تبدأ المحاضرة بتاريخ موجز لهذا المجال.',
    fa: 'این سخنرانی با تاریخچه‌ای کوتاه از این رشته آغاز می‌شود.',
    ur: 'لیکچر اس شعبے کی مختصر تاریخ سے شروع ہوتا ہے۔',
    hi: 'व्याख्यान इस क्षेत्र के संक्षिप्त इतिहास से शुरू होता है।',
    mr: 'व्याख्यान या क्षेत्राच्या संक्षिप्त इतिहासाने सुरू होते आणि ते छान आहे.',
    th: 'การบรรยายเริ่มต้นด้วยประวัติย่อของสาขานี้',
    ka: 'ლექცია იწყება დარგის მოკლე ისტორიით.',
    ja: '講義はこの分野の短い歴史から始まります。',
    ko: '강의는 이 분야의 짧은 역사로 시작합니다.',
    zh: '课程从该领域的简史开始。',
    'zh-Hant': '課程從該領域的簡史開始。',
  };
  for (const [language, sentence] of Object.entries(sentences)) {
    assert.equal(detectLanguage(sentence), language, sentence);
  }
});

test('detects Japanese without kana and traditional Chinese by the forms of their characters', () => {
  assert.equal(detectLanguage('本日会議資料確認済。来週予定表更新必要。'), 'ja');
  assert.equal(detectLanguage('今天我們討論了資料庫的備份計畫。'), 'zh-Hant');
  assert.equal(detectLanguage('今天我们讨论了数据库的备份计划。'), 'zh');
});

test('ignores terms in Latin letters', () => {
  assert.equal(detectLanguage('我们用 Transformer 和 OmniFusion 训练模型'), 'zh');
  assert.equal(detectLanguage('Η διάλεξη για Transformer και OmniFusion'), 'el');
});

test('ignores letters and words shared by several languages', () => {
  assert.equal(detectLanguage('Tensor Encoder Decoder Adapter Transformer'), null);
});
