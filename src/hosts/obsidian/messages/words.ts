import { en, type Words } from './en.ts';
import { ru } from './ru.ts';

/** @param language as `getLanguage` of Obsidian gives it: `ru`, `en`, `pt-BR` */
export function chooseWords(language: string): Words {
  return language === 'ru' ? ru : en;
}
