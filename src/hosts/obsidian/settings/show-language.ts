import { getLanguage, type Setting } from 'obsidian';
import { languageChoices, type LanguageChoice } from '../../../core/language/language-choices.ts';
import { languageCode } from '../../../core/language/language-code.ts';
import type { Settings } from '../../../core/settings/settings.ts';
import type { Words } from '../messages/en.ts';

export interface LanguagePorts {
  readonly words: Words;
  readonly settings: () => Settings;
  readonly change: (changes: Partial<Settings>) => Promise<void>;
}

/** Shows the languages by name: that of the note and that of the interface first, then the common ones. */
export function showLanguage(setting: Setting, { words, settings, change }: LanguagePorts): void {
  const { fields, options } = words.settings;
  const { common, others } = languageChoices(words.locale);
  const { language } = settings();
  const names = new Intl.DisplayNames([words.locale], { type: 'language' });
  const ofInterface = languageCode(getLanguage()) ?? 'en';
  const isListed = [...common, ...others].some(({ code }) => code === language);
  setting.addDropdown((dropdown) => {
    const { selectEl } = dropdown;
    selectEl.ariaLabel = fields.language.name;
    dropdown.addOption('auto', options.languageOfNote);
    dropdown.addOption(ofInterface, names.of(ofInterface) ?? ofInterface);
    // A code with a region, such as `de-AT`.
    if (!isListed && language !== 'auto') dropdown.addOption(language, names.of(language) ?? language);
    const addGroup = (label: string, choices: readonly LanguageChoice[]) => {
      const group = selectEl.createEl('optgroup', { attr: { label } });
      for (const { code, name } of choices)
        if (code !== ofInterface) group.createEl('option', { value: code, text: name });
    };
    addGroup(options.commonLanguages, common);
    addGroup(options.otherLanguages, others);
    dropdown.setValue(language).onChange((chosen) => change({ language: chosen }));
  });
}
