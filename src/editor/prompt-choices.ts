import { listPrompts } from '../core/prompts/list-prompts.ts';
import type { Settings } from '../core/settings/settings.ts';
import type { EditorWords } from './messages/editor-en.ts';

/** A prompt to choose by its label. */
export interface PromptChoice {
  /** '' for the standard prompt. */
  readonly id: string;
  readonly label: string;
}

/** The prompts that can describe an image. */
export function promptChoices(
  settings: Pick<Settings, 'prompts' | 'hiddenPrompts'>,
  { prompts }: Pick<EditorWords, 'prompts'>,
): PromptChoice[] {
  const listed = listPrompts(settings, prompts.names, ['alt', 'description']);
  return [{ id: '', label: prompts.standard }, ...listed.map(({ id, name }) => ({ id, label: name }))];
}
