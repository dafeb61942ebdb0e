import { vscodeEn, type VscodeWords } from './vscode-en.ts';
import { vscodeRu } from './vscode-ru.ts';

/** @param language as returned by `env.language` of VS Code: `ru`, `en`, `pt-br` */
export function chooseWords(language: string): VscodeWords {
  return language === 'ru' ? vscodeRu : vscodeEn;
}
