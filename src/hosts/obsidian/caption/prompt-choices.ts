import { listPrompts } from '../../../core/prompts/list-prompts.ts';
import type { Settings } from '../../../core/settings/settings.ts';
import type { Choice } from '../choice-prompt.ts';
import type { Words } from '../messages/en.ts';

/** The prompts that can describe an image, by their ids; '' is the standard one. */
export function promptChoices(settings: Settings, words: Words): Choice[] {
  const listed = listPrompts(settings, words.prompts.names, ['alt', 'description']);
  return [
    { id: '', label: words.settings.prompts.standard },
    ...listed.map(({ id, name }) => ({ id, label: name })),
  ];
}
