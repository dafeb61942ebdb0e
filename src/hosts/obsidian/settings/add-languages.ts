import { type DropdownComponent, getLanguage } from 'obsidian';
import { languageChoices, type LanguageChoice } from '../../../core/language/language-choices.ts';
import { languageCode } from '../../../core/language/language-code.ts';
import type { Words } from '../messages/en.ts';

/**
 * Lists the languages by name: that of the note and that of the interface first, then the common ones.
 * @param chosen a language that is listed in any case, such as one with a region
 */
export function addLanguages(dropdown: DropdownComponent, chosen: string, words: Words): void {
  const { options } = words.settings;
  const { common, others } = languageChoices(words.locale);
  const ofInterface = languageCode(getLanguage()) ?? 'en';
  const isListed = [...common, ...others].some(({ code }) => code === chosen);
  dropdown.addOption('auto', options.languageOfNote);
  dropdown.addOption(ofInterface, nameOfLanguage(ofInterface, words));
  // A code with a region, such as `de-AT`.
  if (!isListed && chosen !== 'auto') dropdown.addOption(chosen, nameOfLanguage(chosen, words));
  const addGroup = (label: string, choices: readonly LanguageChoice[]) => {
    const group = dropdown.selectEl.createEl('optgroup', { attr: { label } });
    for (const { code, name } of choices)
      if (code !== ofInterface) group.createEl('option', { value: code, text: name });
  };
  addGroup(options.commonLanguages, common);
  addGroup(options.otherLanguages, others);
}

/** The name of a language in the settings. @param code a code, or `auto` */
export function nameOfLanguage(code: string, words: Words): string {
  if (code === 'auto') return words.settings.options.languageOfNote;
  return new Intl.DisplayNames([words.locale], { type: 'language' }).of(code) ?? code;
}
