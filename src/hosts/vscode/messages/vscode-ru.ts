import { pluralRu } from '../../../core/text/plural.ts';
import { editorRu } from '../../../editor/messages/editor-ru.ts';
import type { VscodeWords } from './vscode-en.ts';

const images = (count: number) => pluralRu(count, 'изображение', 'изображения', 'изображений');

/** What the extension says while it runs, in Russian. */
export const vscodeRu: VscodeWords = {
  ...editorRu,

  problems: {
    missing: 'У этого изображения нет замещающего текста.',
    useless: (alt) => `Замещающий текст «${alt}» ничего не говорит об изображении.`,
    noFile: (target) => `Изображения ${target} нет на месте.`,
  },

  fixes: {
    write: 'Написать замещающий текст',
    writeAll: 'Написать замещающий текст для всех изображений этого файла',
    decorative: 'Отметить как декоративное',
  },

  hover: {
    textInIt: 'Текст на нём:',
    undescribed: 'Ещё не описано.',
    ask: 'Спросить о нём',
    byReading: 'Распознано автоматически; модель его не видела.',
  },

  batch: {
    title: 'Изображения описываются',
    stop: 'Остановить',
    resume: 'Продолжить приостановленную обработку',
    review: (count) =>
      `${images(count)} — на панели предварительного просмотра рефакторинга: отметьте нужное и примените.`,
    discarded: 'Ничего не записано. Ответы сохранены: в следующий раз они будут сразу.',
    undo: 'Отменить',
    wrongLanguage: 'не на том языке',
  },

  find: {
    title: 'Найти изображение',
    placeholder: 'Что на нём видно или написано…',
    reading: 'Заметки читаются…',
    showPicture: 'Показать изображение',
    insert: 'Вставить сюда',
    copy: 'Скопировать для вставки',
    copied: 'Скопировано.',
  },

  uncaptioned: {
    title: 'Ещё не подписано',
    all: (count) => `Подписать все: ${images(count)}`,
    count: (count) => images(count),
    nothing: 'У всех изображений есть слова.',
  },

  summaries: {
    where: 'Куда записать изложение?',
    edited: 'Изложение в заметке изменено вручную. Всё равно заменить?',
  },

  server: {
    tokenPrompt:
      'Токен, который отправляется серверу как bearer; из нескольких — тем, за чьим адресом стоит слово token. Он остаётся на этом компьютере; пусто — без токена.',
    tokenSet: 'Токен задан.',
    tokenGone: 'Токена теперь нет.',
    webKeyPrompt:
      'Ваш ключ для ollama.com, чтобы модель могла искать в интернете. Он остаётся на этом компьютере; пустой — без ключа.',
    webKeySet: 'Ключ сохранён. Включите также поиск в интернете в настройках.',
    webKeyGone: 'Ключа больше нет.',
    modelTitle: 'Кто смотрит на изображения?',
    byItself: 'Лучшая из имеющихся',
    supportsImages: 'видит изображения',
    textOnly: 'только текст',
    untold: 'неизвестно, видит ли',
    cloud: 'в облаке: изображения покидают этот компьютер',
    pullPrompt: 'Имя модели, например gemma3:4b. Её скачивает сервер; обычно это несколько гигабайт.',
    pulling: (model) => `Скачивается ${model}`,
    pulled: (model) => `${model} на месте.`,
  },

  notes: {
    openNote: 'Сначала откройте файл Markdown.',
    noImage: 'Под курсором нет изображения.',
    noFolder: 'Сначала откройте папку.',
  },

  chatTitle: 'Спросить об изображениях',
  pickImage: 'Добавить изображение из рабочей области…',
};
