import type { Setting } from 'obsidian';
import { listPrompts } from '../../../core/prompts/list-prompts.ts';
import { isSameName } from '../../../core/prompts/prompt-problem.ts';
import type { PromptsPorts } from './show-prompts.ts';

/**
 * Lets the user choose the prompt that describes images.
 * @returns a function that lists the prompts again
 */
export function showAltPrompt(
  setting: Setting,
  { words, settings, change }: Pick<PromptsPorts, 'words' | 'settings' | 'change'>,
): () => void {
  const labels = words.settings.prompts;
  const select = setting.controlEl.createEl('select', {
    cls: 'dropdown',
    attr: { 'aria-label': words.settings.fields.altPrompt.name },
  });
  select.addEventListener('change', () => {
    void change({ altPrompt: select.value });
  });

  function draw(): void {
    const { altPrompt } = settings();
    const listed = listPrompts(settings(), words.prompts.names, ['alt', 'description']);
    const chosen = listed.find(({ id }) => isSameName(id, altPrompt))?.id ?? altPrompt;
    select.empty();
    select.createEl('option', { value: '', text: labels.standard });
    for (const { id, name, purpose } of listed)
      select.createEl('option', { value: id, text: `${name} (${labels.purposes[purpose]})` });
    if (chosen !== '' && !listed.some(({ id }) => id === chosen))
      select.createEl('option', { value: chosen, text: labels.missing(chosen) });
    select.value = chosen;
  }

  draw();
  return draw;
}
