import { MAX_PROMPT_NAME, MAX_PROMPT_TEXT } from '../prompts/prompt.ts';
import type { PromptProblemWords } from './explain-prompt.ts';

export const promptProblemRu: PromptProblemWords = {
  name_empty: 'У промпта нет названия. Введите его.',
  name_long: `Название слишком длинное. Сократите его до ${MAX_PROMPT_NAME} знаков.`,
  name_taken: 'Промпт с таким названием уже есть. Выберите другое.',
  text_empty: 'В промпте нет текста. Напишите, что должна сделать модель.',
  text_long: `Текст слишком длинный. Сократите его до ${MAX_PROMPT_TEXT} знаков.`,
  variable_unknown: (variable, known) =>
    `В этом промпте нельзя использовать ${variable}. Замените на ${known} или уберите скобки.`,
};
