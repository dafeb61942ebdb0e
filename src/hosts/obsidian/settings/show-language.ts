import type { Setting } from 'obsidian';
import type { Settings } from '../../../core/settings/settings.ts';
import type { Words } from '../messages/en.ts';
import { addLanguages } from './add-languages.ts';

export interface LanguagePorts {
  readonly words: Words;
  readonly settings: () => Settings;
  readonly change: (changes: Partial<Settings>) => Promise<void>;
}

/** Lets the user choose the language of the generated text. */
export function showLanguage(setting: Setting, { words, settings, change }: LanguagePorts): void {
  const { language } = settings();
  setting.addDropdown((dropdown) => {
    dropdown.selectEl.ariaLabel = words.settings.fields.language.name;
    addLanguages(dropdown, language, words);
    dropdown.setValue(language).onChange((chosen) => change({ language: chosen }));
  });
}
