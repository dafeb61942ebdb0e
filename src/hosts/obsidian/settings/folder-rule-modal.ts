import { type App, type DropdownComponent, Modal, Setting } from 'obsidian';
import { cleanFolder, pathKey } from '../../../core/settings/folder-path.ts';
import type { FolderRule, Settings } from '../../../core/settings/settings.ts';
import type { Words } from '../messages/en.ts';
import { addLanguages } from './add-languages.ts';
import { FolderSuggest } from './folder-suggest.ts';
import { addAltPrompts } from './show-alt-prompt.ts';

export interface FolderRuleModalPorts {
  readonly words: Words;
  readonly settings: () => Settings;
  /** The folders of the other rules. */
  readonly others: readonly string[];
  readonly save: (rule: FolderRule) => void;
  /** Called with what was not saved when the dialog closes. */
  readonly keep: (draft: FolderRule) => void;
}

/** The value of a dropdown whose setting is inherited. Neither a language nor the trimmed name of a prompt. */
const INHERIT = ' ';

/** Edits what differs in a folder. */
export class FolderRuleModal extends Modal {
  readonly #ports: FolderRuleModalPorts;
  #rule: FolderRule;
  #isSaved = false;
  #problem: HTMLElement | null = null;

  constructor(app: App, rule: FolderRule, ports: FolderRuleModalPorts) {
    super(app);
    this.#rule = rule;
    this.#ports = ports;
  }

  override onOpen(): void {
    const { words, settings } = this.#ports;
    const { folders, fields, options } = words.settings;
    const { folder, language, style, altPrompt, exclude } = this.#rule;
    this.contentEl.addClass('notesight-settings');
    this.setTitle(folders.title);
    new Setting(this.contentEl).setName(folders.folder).addText((text) => {
      text.inputEl.ariaLabel = folders.folder;
      text
        .setPlaceholder(folders.placeholder)
        .setValue(folder)
        .onChange((typed) => {
          this.#change({ ...this.#rule, folder: typed });
        });
      new FolderSuggest(this.app, text.inputEl);
    });
    this.#addChoice(fields.language.name, 'language', (dropdown) => {
      addLanguages(dropdown, language ?? 'auto', words);
      dropdown.setValue(language ?? INHERIT);
    });
    this.#addChoice(fields.style.name, 'style', (dropdown) => {
      dropdown.addOptions(options.style).setValue(style ?? INHERIT);
    });
    this.#addChoice(folders.prompt, 'altPrompt', ({ selectEl }) => {
      addAltPrompts(selectEl, altPrompt ?? '', { words, settings });
      if (altPrompt === undefined) selectEl.value = INHERIT;
    });
    this.#addChoice(folders.exclude, 'exclude', (dropdown) => {
      dropdown.addOption('true', folders.excluded).addOption('false', folders.included);
      dropdown.setValue(exclude === undefined ? INHERIT : String(exclude));
    });
    this.#showButtons();
  }

  override onClose(): void {
    if (!this.#isSaved) this.#ports.keep(this.#rule);
    this.contentEl.empty();
  }

  /** @param fill adds the options and selects one */
  #addChoice(
    name: string,
    key: Exclude<keyof FolderRule, 'folder'>,
    fill: (dropdown: DropdownComponent) => void,
  ): void {
    new Setting(this.contentEl).setName(name).addDropdown((dropdown) => {
      dropdown.selectEl.ariaLabel = name;
      dropdown.addOption(INHERIT, this.#ports.words.settings.folders.inherit);
      fill(dropdown);
      dropdown.onChange((value) => {
        const chosen = key === 'exclude' ? value === 'true' : value;
        this.#change({ ...this.#rule, [key]: value === INHERIT ? undefined : chosen });
      });
    });
  }

  #change(rule: FolderRule): void {
    this.#rule = rule;
    this.#problem?.empty();
  }

  #showButtons(): void {
    const { words, save } = this.#ports;
    const shown = this.contentEl.createDiv({ cls: 'notesight-prompt-problem', attr: { role: 'alert' } });
    this.#problem = shown;
    const buttons = this.contentEl.createDiv({ cls: 'modal-button-container' });
    const button = buttons.createEl('button', { cls: 'mod-cta', text: words.settings.list.save });
    button.addEventListener('click', () => {
      const rule = { ...this.#rule, folder: cleanFolder(this.#rule.folder.trim()) };
      const problem = this.#problemOf(rule);
      shown.setText(problem);
      if (problem !== '') return;
      this.#isSaved = true;
      save(rule);
      this.close();
    });
  }

  /** What is wrong with the rule; '' if nothing. */
  #problemOf({ folder, ...fields }: FolderRule): string {
    const { folders, problems } = this.#ports.words.settings;
    if (folder === '') return problems.bad_folder;
    if (this.#ports.others.some((other) => pathKey(other) === pathKey(folder))) return folders.taken;
    return Object.values(fields).every((value) => value === undefined) ? folders.nothing : '';
  }
}
