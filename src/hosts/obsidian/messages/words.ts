import { en, type Words } from './en.ts';
import { ru } from './ru.ts';

/** @param language as returned by `getLanguage` of Obsidian: `ru`, `en`, `pt-BR` */
export function chooseWords(language: string): Words {
  return language === 'ru' ? ru : en;
}
