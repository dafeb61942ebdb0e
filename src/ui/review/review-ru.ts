import { pluralRu } from '../../core/text/plural.ts';
import { lightboxRu } from '../overlay/lightbox-words.ts';
import { timeLeftRu } from '../../core/text/time-left.ts';
import type { AllReviewWords } from './review-en.ts';

/** The text of a review, in Russian. */
export const reviewRu: AllReviewWords = {
  title: 'Проверка альтернативного текста',
  list: 'Изображения и новый альтернативный текст',
  counts: ({ ready, waiting, failed, done }) =>
    [
      `на проверку: ${ready}`,
      ...(waiting > 0 ? [`в работе: ${waiting}`] : []),
      ...(failed > 0 ? [`с ошибкой: ${failed}`] : []),
      ...(done > 0 ? [`готово: ${done}`] : []),
    ].join(', '),
  allDone: 'Все изображения проверены.',
  acceptAll: 'Принять все',
  skipAll: 'Пропустить все',
  askAgainForAll: 'Создать все заново',
  askAgainForFailed: 'Повторить неудавшиеся',
  accept: 'Принять',
  skip: 'Пропустить',
  more: (file) => `Другие действия: ${file}`,
  decorative: 'Декоративное, текст не нужен',
  never: 'Никогда не описывать',
  askAgain: 'Создать заново',
  describeWith: 'Описать с промптом…',
  refineWith: 'Уточнить…',
  refine: 'Уточнить',
  feedback: (file) => `Что изменить в тексте для ${file}`,
  feedbackExamples: 'Например: короче, назвать оси, по-немецки',
  refining: 'Уточняется…',
  refined: 'Готово. Проверьте новый текст.',
  versions: {
    previousVersion: 'Предыдущая версия',
    nextVersion: 'Следующая версия',
    version: (current, count) => `Версия ${current} из ${count}`,
  },
  retry: 'Повторить',
  waiting: 'Описывается…',
  notDescribed: 'Ещё не описано',
  progress: 'Ход работы',
  described: ({ done, total, timeLeft, isPaused }) =>
    [
      `${isPaused ? 'Пауза: ' : ''}описано ${done} из ${total}`,
      ...(timeLeft === null ? [] : [timeLeftRu(timeLeft / 1000)]),
    ].join(', '),
  pause: 'Пауза',
  resume: 'Продолжить',
  stop: 'Остановить',
  lightbox: lightboxRu,
  edited: 'Изменено вами',
  useGenerated: 'Вернуть текст модели',
  useEdited: 'Вернуть мой текст',
  keptEdited: (count) => `Изменённые вами тексты не созданы заново: ${count}.`,
  askAgainForEdited: 'Создать заново и изменённые',
  skippedBefore: 'Вы пропустили это изображение.',
  reviewSkipped: 'Проверить',
  oldAlt: (alt) => `Текущий текст: ${alt}`,
  noOldAlt: 'Альтернативного текста пока нет',
  incomplete: 'Файл изображения неполный.',
  wrongLanguage: 'Не на выбранном языке',
  newAlt: (file) => `Новый альтернативный текст для ${file}`,
  enlarge: (file) => `Увеличить ${file}`,
  inNote: (note) => `В заметке ${note}`,
  byRule: (folder) => `Правило для папки ${folder}`,
  accepted: (count) => pluralRu(count, 'изображение принято', 'изображения приняты', 'изображений принято'),
  skipped: (count) =>
    pluralRu(count, 'изображение пропущено', 'изображения пропущены', 'изображений пропущено'),
  skippedAlways: (count) =>
    `${pluralRu(count, 'изображение исключено', 'изображения исключены', 'изображений исключено')}. Отменить это можно в настройках.`,
  hints: [
    { keys: ['↑', '↓'], does: 'другое изображение' },
    { keys: ['Enter'], does: 'принять' },
    { keys: ['Alt+Enter', 'Delete'], does: 'пропустить' },
  ],
};
