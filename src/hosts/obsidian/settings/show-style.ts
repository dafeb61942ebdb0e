import type { Setting } from 'obsidian';
import type { LanguagePorts } from './show-language.ts';
import type { Settings } from '../../../core/settings/settings.ts';

/** Lets the user choose what is written into notes. */
export function showStyle(setting: Setting, { words, settings, change }: LanguagePorts): void {
  const { fields, options } = words.settings;
  setting.addDropdown((dropdown) => {
    dropdown.selectEl.ariaLabel = fields.style.name;
    dropdown.addOptions(options.style);
    dropdown.setValue(settings().style).onChange((style) => change({ style: style as Settings['style'] }));
  });
}
