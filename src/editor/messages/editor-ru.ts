import { timeLeftRu } from '../../core/text/time-left.ts';
import { promptProblemRu } from '../../core/messages/prompt-problem-ru.ts';
import { pluralRu } from '../../core/text/plural.ts';
import { chatRu } from '../../ui/chat/chat-ru.ts';
import { reviewRu } from '../../ui/review/review-ru.ts';
import type { CaptionCounts } from './counts.ts';
import type { EditorWords } from './editor-en.ts';

const images = (count: number) => pluralRu(count, 'изображение', 'изображения', 'изображений');

/** Rounded to tenths. */
const tenths = (value: number) => (Math.round(value * 10) / 10).toLocaleString('ru');

/** Rounded to two digits. */
const aboutRu = (count: number) => Number(count.toPrecision(2)).toLocaleString('ru');

/** Rounded to two digits: `2 раза`, `5 раз`, `3,5 раза`. */
function timesRu(factor: number): string {
  const times = Number(factor.toPrecision(2));
  return Number.isInteger(times)
    ? pluralRu(times, 'раз', 'раза', 'раз')
    : `${times.toLocaleString('ru')} раза`;
}

const megabytes = (bytes: number) => Math.round(bytes / 1e6).toLocaleString('ru');

function counted({ written, kept, failed, incomplete = 0 }: CaptionCounts): string {
  return [
    `Обновлено: ${images(written)}.`,
    ...(kept > 0 ? [`Без изменений: ${kept}.`] : []),
    ...(failed > 0 ? [`С ошибкой: ${failed}.`] : []),
    ...(incomplete > 0 ? [`Неполных файлов: ${incomplete}.`] : []),
  ].join(' ');
}

function undoneRu(captions: number, summaries: number, undone: number): string {
  const parts = [
    ...(captions > 0 ? [images(captions)] : []),
    ...(summaries > 0 ? [pluralRu(summaries, 'конспект', 'конспекта', 'конспектов')] : []),
  ];
  return parts.length > 0 ? parts.join(' и ') : pluralRu(undone, 'правка', 'правки', 'правок');
}

/** Text shared by both editor hosts, in Russian. */
export const editorRu: EditorWords = {
  locale: 'ru',

  status: {
    timeLeft: timeLeftRu,
    waiting: (count) => `${images(count)} в очереди`,
  },

  chat: chatRu,

  sent: {
    title: 'Что получила модель',
    pictures: 'Изображения:',
    region: ({ width, height }) => `область ${width} × ${height} пикселей`,
    size: ({ width, height }) => `отправлено в размере ${width} × ${height} пикселей`,
    tokens: (count) => `примерно ${pluralRu(count, 'токен', 'токена', 'токенов')}`,
    earlier: (count) => `Повторно отправлены предыдущие вопросы с ответами: ${count}.`,
    text: 'Текст',
    seconds: (seconds) => `Ответ: ${tenths(seconds)} с`,
    generated: (tokens) => pluralRu(tokens, 'токен', 'токена', 'токенов'),
    perSecond: (tokens) => `токенов в секунду: ${tenths(tokens)}`,
  },

  prompts: {
    standard: 'Стандартный',
    names: {
      accessible: 'Альтернативный текст для программ экранного доступа',
      table: 'Диаграмма в таблицу',
      handwriting: 'Расшифровать рукописный текст',
      diagram: 'Объяснить схему',
      actions: 'Выписать задачи',
      formula: 'Формула в LaTeX',
      translate: 'Перевести текст на изображении',
    },
    problems: promptProblemRu,
  },

  review: reviewRu,

  chatNotes: {
    cannotSee: 'Это текстовая модель: она отвечает по описаниям изображений и тексту на них.',
    searchesWeb: (host: string) =>
      `Поисковые запросы модели отправляются за пределы этого устройства: на ${host}.`,
    shortened: (count: number) => `Чтобы уместиться в контекст, первые вопросы (${count}) сокращены.`,
    left: (count: number) => `Не поместилось в контекст: ${images(count)}. Выберите меньше изображений.`,
    noPlace: 'Под это изображение нельзя вставить текст.',
    linkWords: (number: number) => `изображение ${number}`,
    notCreated: 'Не удалось создать заметку в этой папке. Проверьте, что в неё можно записывать.',
    copied: 'Ответ скопирован.',
    clearAll: 'Удалить все чаты',
    clearQuestion: 'Вопросы и ответы по всем заметкам будут удалены. Сами заметки не изменятся.',
    clear: 'Удалить',
    cleared: 'Все чаты удалены.',
    pickModel: 'Выберите модель…',
    pickImage: 'Добавить изображение из хранилища…',
  },

  summary: {
    title: (note: string) => `Конспект: ${note}`,
    looking: (done: number, total: number) => `Описание изображений: ${done} из ${total}…`,
    part: (part: number, parts: number) => `Чтение заметки: часть ${part} из ${parts}…`,
    writing: 'Ожидание ответа модели…',
    edited: 'Конспект в заметке изменён вручную. Если вставить новый, он будет заменён.',
    top: 'Вставить в начало',
    bottom: 'Вставить в конец',
    cursor: 'Вставить в позицию курсора',
    replace: 'Заменить конспект',
    newNote: 'Сохранить в новую заметку',
    copy: 'Скопировать',
    stop: 'Остановить',
    properties: 'Добавить теги и краткое описание в свойства',
    written: 'Конспект сохранён.',
    writtenWithout:
      'Конспект сохранён без свойств: в этой заметке они содержат ошибку или имеют неподдерживаемый формат.',
    fileName: (note: string) => `${note} (конспект)`,
  },

  notices: {
    done: (counts) => counted(counts),
    hasWords:
      'У этого изображения уже есть альтернативный текст. Чтобы заменить его, выберите «Создать альтернативный текст заново».',
    nothingToDo: 'Делать нечего: у всех изображений есть альтернативный текст.',
    noImages: 'Изображения не найдены.',
    undone: ({ notes: changed, captions, summaries, undone, kept, failed }) =>
      [
        ...(undone > 0
          ? [
              `Отменено: ${undoneRu(captions, summaries, undone)} в ${pluralRu(changed, 'заметке', 'заметках', 'заметках')}.`,
            ]
          : []),
        ...(kept > 0
          ? [`Пропущено: ${pluralRu(kept, 'правка', 'правки', 'правок')} — текст с тех пор изменился.`]
          : []),
        ...(failed > 0 ? [`Не удалось записать ${pluralRu(failed, 'заметку', 'заметки', 'заметок')}.`] : []),
      ].join(' ') || 'Отменять нечего.',
    stopped: (counts) => `Остановлено. ${counted(counts)}`,
    nothingToUndo: 'Отменять нечего.',
    copied: 'Описание скопировано.',
    notDescribed: 'У этого изображения пока нет описания.',
    embedded: (why) => `Используется офлайн-распознавание (только текст и объекты). ${why}`,
    textOnly: (model, why) =>
      `${why} До тех пор ${model} составляет тексты по распознанным на изображениях тексту и объектам.`,
  },

  download: {
    starting: (model) => `Скачивание ${model}…`,
    running: (model, amount) => `Скачивание ${model}: ${amount}`,
    amount: (completedBytes, totalBytes) =>
      `${Math.floor((completedBytes / totalBytes) * 100)}\u00a0% (${megabytes(completedBytes)} из ${megabytes(totalBytes)}\u00a0МБ)`,
    done: (model) => `Модель ${model} скачана.`,
    stopped: 'Скачивание остановлено. Его можно продолжить позже.',
    interrupted: (model) => `Скачивание модели ${model} прервалось. Его можно продолжить.`,
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

  report: {
    show: 'Показать отчёт',
    title: (count) => `Без нового текста: ${images(count)}`,
    wholeNote: 'Вся заметка',
    retry: 'Повторить неудачные',
    copy: 'Копировать',
    copied: 'Скопировано',
  },

  fineDetail: {
    title: 'Выполнить подробный анализ?',
    question: ({ images: count, requests, tokens }) =>
      `С мелким шрифтом или тонкими линиями: ${images(count)}. Для анализа по фрагментам нужно ещё ${pluralRu(requests, 'запрос', 'запроса', 'запросов')}, около ${aboutRu(tokens)} токенов.`,
    offer: ({ images: count, factor, milliseconds }) =>
      `Мелкий шрифт или тонкие линии есть на ${pluralRu(count, 'изображении', 'изображениях', 'изображениях')}. Чтобы анализировать их по фрагментам, включите «Подробный анализ» в настройках. Это займёт примерно в ${timesRu(factor)} больше времени (ещё ${pluralRu(Math.max(1, Math.round(milliseconds / 60_000)), 'минута', 'минуты', 'минут')}).`,
    look: 'Анализировать',
    whole: 'Только целиком',
  },

  servers: {
    looking: (count, hosts) => `Используется ${pluralRu(count, 'сервер', 'сервера', 'серверов')}: ${hosts}.`,
    lost: (host, why) => `Сервер ${host} недоступен, работа продолжается на остальных. ${why}`,
    ollamaAnswers: (host) => `Подключено к Ollama: ${host}.`,
    openAiAnswers: (host) => `Подключено к серверу, совместимому с OpenAI: ${host}.`,
    supportsImages: (count) => `Моделей с поддержкой изображений: ${count}.`,
    unknown:
      'Сервер не сообщает, какие модели поддерживают изображения. Выбранная модель сначала проверяется на небольшом изображении.',
  },

  leavesNetwork: (hosts) => `Изображения отправляются за пределы вашей сети: на ${hosts}.`,
  leavesForCloud: 'Изображения отправляются за пределы этого компьютера: модель работает в облаке.',
};
