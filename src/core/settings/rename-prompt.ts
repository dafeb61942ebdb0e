import { isSameName } from '../prompts/prompt-problem.ts';
import type { Settings } from './settings.ts';

/** The settings that name a prompt, after it was renamed: it stays in use. */
export function renamePrompt(
  { altPrompt, folderRules }: Pick<Settings, 'altPrompt' | 'folderRules'>,
  from: string,
  to: string,
): Pick<Settings, 'altPrompt' | 'folderRules'> {
  // '' is the standard prompt.
  const isIt = (name = '') => name !== '' && isSameName(name, from);
  return {
    altPrompt: isIt(altPrompt) ? to : altPrompt,
    folderRules: folderRules.map((rule) => (isIt(rule.altPrompt) ? { ...rule, altPrompt: to } : rule)),
  };
}
