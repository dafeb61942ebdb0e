import { pluralRu } from '../../core/words/plural.ts';
import type { ChatWords } from './chat-words.ts';

const images = (count: number) => pluralRu(count, 'изображение', 'изображения', 'изображений');

/** The chat panel in Russian. */
export const chatRu: ChatWords = {
  noNote: 'Откройте заметку, чтобы спросить о её изображениях.',
  noImages: 'В этой заметке нет изображений. Перетащите их сюда или добавьте из хранилища.',
  welcome: 'Спросите, что на изображениях. Самые важные модель увидит, об остальных узнает из описаний.',
  images: (chosen, total) => `Выбрано ${chosen} из ${total}`,
  all: 'Все',
  none: 'Ничего',
  atCursor: 'Под курсором',
  addFromVault: 'Добавить…',
  image: (number, name) => `Изображение ${number}: ${name}`,
  pin: (number) => `Всегда показывать модели изображение ${number}`,
  region: (number) => `Спросить о части изображения ${number}`,
  regionChosen: ({ width, height }, number) => `Часть [${number}]: ${width} × ${height} пикселей`,
  removeRegion: 'Убрать',
  regionTitle: (name) => `Часть изображения ${name}`,
  regionHint:
    'Нарисуйте прямоугольник. Или: стрелки двигают его, с Shift меняют размер, Enter берёт, Escape закрывает.',
  take: 'Взять эту часть',
  cancel: 'Отмена',
  dropHere: 'Отпустите изображения здесь',
  question: 'Вопрос',
  placeholder: 'Спросите об изображениях…',
  send: 'Спросить',
  stop: 'Остановить',
  startAnew: 'Новый разговор',
  conversation: 'Разговор',
  askAgain: 'Спросить ещё раз',
  edit: 'Изменить',
  copy: 'Скопировать',
  insert: 'Вставить',
  insertAt: {
    cursor: {
      plain: 'В место курсора',
      quote: 'В место курсора цитатой',
      callout: 'В место курсора выноской',
    },
    below: {
      plain: 'Под изображение',
      quote: 'Под изображение цитатой',
      callout: 'Под изображение выноской',
    },
  },
  waiting: 'Модель думает…',
  describing: (done, total) => `Изображения описываются: ${done} из ${total}…`,
  saw: 'Увидела:',
  partOf: 'часть',
  inWords: (count) => `${images(count)} — по описанию.`,
  ends: {
    stopped: 'Остановлено.',
    length: 'Ответ дошёл до наибольшей длины, на которую есть место.',
    looped: 'Модель начала повторяться, и ответ обрезан.',
  },
  showRest: (characters) => `Показать ещё ${pluralRu(characters, 'символ', 'символа', 'символов')}`,
  goTo: (number, name) => `Изображение ${number}: ${name}`,
  answerReady: 'Ответ готов.',
};
