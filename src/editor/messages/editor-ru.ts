import { pluralRu } from '../../core/text/plural.ts';
import { chatRu } from '../../ui/chat/chat-ru.ts';
import type { CaptionCounts } from './counts.ts';
import type { EditorWords } from './editor-en.ts';

const images = (count: number) => pluralRu(count, 'изображение', 'изображения', 'изображений');

/** To two digits. */
const aboutRu = (count: number) => Number(count.toPrecision(2)).toLocaleString('ru');

const megabytes = (bytes: number) => Math.round(bytes / 1e6).toLocaleString('ru');

const counted = ({ written, kept, failed, incomplete = 0 }: CaptionCounts) =>
  `записано ${written}, оставлено ${kept}, с ошибкой ${failed}` +
  (incomplete > 0
    ? ` (${pluralRu(incomplete, 'неполное изображение', 'неполных изображения', 'неполных изображений')})`
    : '');

function undoneRu(captions: number, summaries: number, undone: number): string {
  const parts = [
    ...(captions > 0 ? [pluralRu(captions, 'подпись', 'подписи', 'подписей')] : []),
    ...(summaries > 0 ? [pluralRu(summaries, 'изложение', 'изложения', 'изложений')] : []),
  ];
  return parts.length > 0 ? parts.join(' и ') : pluralRu(undone, 'правка', 'правки', 'правок');
}

/** What the editor hosts say alike, in Russian. */
export const editorRu: EditorWords = {
  locale: 'ru',

  status: {
    timeLeft: (seconds) => {
      if (seconds < 10) return 'осталось несколько секунд';
      if (seconds < 55) return `осталось около ${Math.round(seconds / 10) * 10} секунд`;
      const minutes = Math.max(1, Math.round(seconds / 60));
      // After «около» stands the genitive: one minute, but two of the same form as five.
      if (minutes < 60) return `осталось около ${pluralRu(minutes, 'минуты', 'минут', 'минут')}`;
      return `осталось около ${pluralRu(Math.round(minutes / 60), 'часа', 'часов', 'часов')}`;
    },
    waiting: (count) =>
      pluralRu(count, 'изображение ждёт сервера', 'изображения ждут сервера', 'изображений ждут сервера'),
  },

  chat: chatRu,

  chatNotes: {
    cannotSee: 'Эта модель не видит: она отвечает по описаниям и по тексту на изображениях.',
    searchesWeb: (host: string) => `То, что она ищет в интернете, уходит с этого устройства: на ${host}.`,
    shortened: (count: number) => `Первые вопросы (${count}) модель помнит кратко.`,
    left: (count: number) => `Не хватило места: ${images(count)}. Выберите меньше.`,
    noPlace: 'Под этим изображением нет места для строк.',
    linkWords: (number: number) => `изображение ${number}`,
    copied: 'Ответ скопирован.',
    clearAll: 'Удалить все разговоры',
    clearQuestion: 'Вопросы и ответы во всех заметках будут забыты. Записанное в заметках останется.',
    clear: 'Удалить',
    cleared: 'Все разговоры удалены.',
    pickImage: 'Добавить изображение из хранилища…',
  },

  summary: {
    title: (note: string) => `Краткое изложение: ${note}`,
    looking: (done: number, total: number) => `Изображения описываются: ${done} из ${total}…`,
    part: (part: number, parts: number) => `Заметка читается: часть ${part} из ${parts}…`,
    writing: 'Модель думает…',
    edited: 'Изложение в заметке изменено вручную. Запись заменит его.',
    top: 'Записать в начало',
    bottom: 'Записать в конец',
    cursor: 'Записать в место курсора',
    replace: 'Заменить изложение',
    newNote: 'Записать в новую заметку',
    copy: 'Скопировать',
    stop: 'Остановить',
    properties: 'Добавить теги и строку также в свойства',
    written: 'Изложение записано.',
    writtenWithout: 'Изложение записано, а свойства нет: в этой заметке они записаны с ошибкой или необычно.',
    fileName: (note: string) => `${note} (изложение)`,
  },

  notices: {
    done: (counts) => `Подписи: ${counted(counts)}.`,
    hasWords: 'У изображения есть слова. Чтобы заменить их, опишите его заново.',
    nothingToDo: 'Делать нечего: все изображения уже подписаны.',
    noImages: 'Здесь нет изображений.',
    undone: ({ notes: changed, captions, summaries, undone, kept, failed }) =>
      [
        ...(undone > 0
          ? [
              `Отменено: ${undoneRu(captions, summaries, undone)} в ${pluralRu(changed, 'заметке', 'заметках', 'заметках')}.`,
            ]
          : []),
        ...(kept > 0
          ? [
              `${pluralRu(kept, 'место с тех пор изменилось и осталось', 'места с тех пор изменились и остались', 'мест с тех пор изменились и остались')} как есть.`,
            ]
          : []),
        ...(failed > 0 ? [`Не удалось записать ${pluralRu(failed, 'заметку', 'заметки', 'заметок')}.`] : []),
      ].join(' ') || 'Отменять было нечего.',
    stopped: (counts) => `Остановлено: ${counted(counts)}.`,
    nothingToUndo: 'Отменять нечего.',
    copied: 'Описание скопировано.',
    notDescribed: 'Это изображение ещё не описано.',
    embedded: (why) =>
      `Встроенный модуль читает текст на изображениях (OCR) и узнаёт предметы на фото: ${why}`,
    told: (model, why) =>
      `${why} Пока что ${model} пишет по тексту и предметам, которые удалось распознать на изображениях.`,
  },

  download: {
    starting: (model) => `Модель ${model} скачивается…`,
    running: (model, amount) => `Модель ${model} скачивается: ${amount}`,
    amount: (completedBytes, totalBytes) =>
      `${Math.floor((completedBytes / totalBytes) * 100)}\u00a0% (${megabytes(completedBytes)} из ${megabytes(totalBytes)}\u00a0МБ)`,
    done: (model) => `Модель ${model} скачана.`,
    stopped: 'Скачивание остановлено. Уже скачанное сохранено.',
    interrupted: (model) => `Скачивание модели ${model} прервалось. Его можно продолжить с того же места.`,
    stop: 'Остановить',
    retry: 'Повторить',
    resume: 'Продолжить',
    notNow: 'Не сейчас',
    close: 'Закрыть',
  },

  paused: {
    ollama: 'Ollama не отвечает.',
    server: 'Сервер не отвечает.',
    notice: ({ done, total }, why) => `Приостановлено. ${why} Готово ${done} из ${total}.`,
    status: (done, total) => `Приостановлено: готово ${done} из ${total}`,
    interrupted: (left, total) => `Обработка была прервана: осталось ${left} из ${total}.`,
    nothing: 'Приостановленной обработки нет.',
    resume: 'Продолжить',
    stop: 'Остановить',
    dismiss: 'Не продолжать',
  },

  fineDetail: {
    title: 'Рассмотреть внимательно?',
    question: ({ images: count, requests, tokens }) =>
      `С тонкими линиями или мелким шрифтом: ${images(count)}. Чтобы рассмотреть и части, нужно ещё ${pluralRu(requests, 'запрос', 'запроса', 'запросов')}, около ${aboutRu(tokens)} токенов.`,
    offer: ({ images: count, factor, milliseconds }) =>
      `Мелкий шрифт или тонкие линии есть на ${pluralRu(count, 'изображении', 'изображениях', 'изображениях')}. Чтобы модель рассмотрела их по частям, включите «Мелкие детали» в настройках: это примерно в ${Number(factor.toPrecision(2))} раза дольше (ещё ${pluralRu(Math.max(1, Math.round(milliseconds / 60_000)), 'минута', 'минуты', 'минут')}).`,
    look: 'Рассмотреть части',
    whole: 'Только целое',
  },

  servers: {
    looking: (count, hosts) =>
      `На изображения смотрят ${pluralRu(count, 'сервер', 'сервера', 'серверов')}: ${hosts}.`,
    lost: (host, why) => `Сервер ${host} выбыл, остальные продолжают. ${why}`,
    ollamaAnswers: (host) => `Ollama отвечает: ${host}.`,
    openAiAnswers: (host) => `Сервер, совместимый с OpenAI, отвечает: ${host}.`,
    supportsImages: (count) => `Видят изображения: ${pluralRu(count, 'модель', 'модели', 'моделей')}.`,
    untold: 'Он не сообщает, какие модели видят: выбранной сначала показывается маленькая картинка.',
  },

  leavesNetwork: (hosts) => `Изображения покидают этот компьютер и его сеть: они отправляются на ${hosts}.`,
};
