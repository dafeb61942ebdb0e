import type { Setting } from 'obsidian';
import { listPrompts } from '../../../core/prompts/list-prompts.ts';
import { isSameName } from '../../../core/prompts/prompt-problem.ts';
import type { PromptsPorts } from './show-prompts.ts';

export type AltPromptPorts = Pick<PromptsPorts, 'words' | 'settings' | 'change'>;

/**
 * Lets the user choose the prompt that describes images.
 * @returns a function that lists the prompts again
 */
export function showAltPrompt(setting: Setting, ports: AltPromptPorts): () => void {
  const { words, settings, change } = ports;
  const select = setting.controlEl.createEl('select', {
    cls: 'dropdown',
    attr: { 'aria-label': words.settings.fields.altPrompt.name },
  });
  select.addEventListener('change', () => {
    void change({ altPrompt: select.value });
  });

  function draw(): void {
    select.empty();
    addAltPrompts(select, settings().altPrompt, ports);
  }

  draw();
  return draw;
}

/** Adds the prompts that describe images to the options, and selects one, even if it no longer exists. */
export function addAltPrompts(
  select: HTMLSelectElement,
  selected: string,
  { words, settings }: Pick<AltPromptPorts, 'words' | 'settings'>,
): void {
  const labels = words.settings.prompts;
  const listed = listPrompts(settings(), words.prompts.names, ['alt', 'description']);
  const chosen = listed.find(({ id }) => isSameName(id, selected))?.id ?? selected;
  select.createEl('option', { value: '', text: words.prompts.standard });
  for (const { id, name, purpose } of listed)
    select.createEl('option', { value: id, text: `${name} (${labels.purposes[purpose]})` });
  if (chosen !== '' && !listed.some(({ id }) => id === chosen))
    select.createEl('option', { value: chosen, text: labels.missing(chosen) });
  select.value = chosen;
}
