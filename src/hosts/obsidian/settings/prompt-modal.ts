import { type App, type DropdownComponent, Modal, Setting } from 'obsidian';
import { explainPrompt } from '../../../core/messages/explain-prompt.ts';
import {
  type Prompt,
  PROMPT_PURPOSES,
  type PromptPurpose,
  variablesFor,
} from '../../../core/prompts/prompt.ts';
import { promptProblem } from '../../../core/prompts/prompt-problem.ts';
import type { Words } from '../messages/en.ts';

export interface PromptModalPorts {
  readonly words: Words;
  /** The names of the other prompts. */
  readonly others: readonly string[];
  readonly save: (prompt: Prompt) => void;
  /** Called with what was not saved when the dialog closes. */
  readonly keep: (draft: Prompt) => void;
}

/** Edits a prompt. */
export class PromptModal extends Modal {
  readonly #ports: PromptModalPorts;
  #prompt: Prompt;
  #isSaved = false;
  #text: HTMLTextAreaElement | null = null;
  #problem: HTMLElement | null = null;

  constructor(app: App, prompt: Prompt, ports: PromptModalPorts) {
    super(app);
    this.#prompt = prompt;
    this.#ports = ports;
  }

  override onOpen(): void {
    const { contentEl } = this;
    const { prompts } = this.#ports.words.settings;
    this.setTitle(prompts.title);
    new Setting(contentEl).setName(prompts.nameLabel).addText((text) => {
      text.setValue(this.#prompt.name).onChange((name) => {
        this.#change({ name });
      });
      text.inputEl.setAttribute('aria-label', prompts.nameLabel);
    });
    const variables = contentEl.createDiv({ cls: 'notesight-prompt-variables' });
    new Setting(contentEl).setName(prompts.purposeLabel).addDropdown((dropdown: DropdownComponent) => {
      for (const purpose of PROMPT_PURPOSES) dropdown.addOption(purpose, prompts.purposes[purpose]);
      dropdown.setValue(this.#prompt.purpose).onChange((purpose) => {
        this.#change({ purpose: purpose as PromptPurpose });
        this.#showVariables(variables);
      });
      dropdown.selectEl.setAttribute('aria-label', prompts.purposeLabel);
    });
    const text = contentEl.createEl('textarea', {
      cls: 'notesight-prompt-text',
      attr: { rows: '6', dir: 'auto', 'aria-label': prompts.textLabel, placeholder: prompts.textLabel },
    });
    this.#text = text;
    text.value = this.#prompt.text;
    text.addEventListener('input', () => {
      this.#change({ text: text.value });
    });
    contentEl.append(variables);
    this.#showVariables(variables);
    this.#showButtons();
  }

  override onClose(): void {
    if (!this.#isSaved) this.#ports.keep(this.#prompt);
    this.contentEl.empty();
  }

  #change(changes: Partial<Prompt>): void {
    this.#prompt = { ...this.#prompt, ...changes };
    this.#problem?.empty();
  }

  #showVariables(list: HTMLElement): void {
    const { prompts } = this.#ports.words.settings;
    list.empty();
    list.createSpan({ text: prompts.insert });
    for (const variable of variablesFor(this.#prompt.purpose)) {
      const button = list.createEl('button', { text: `{{${variable}}}`, title: prompts.variables[variable] });
      button.addEventListener('click', () => {
        const text = this.#text;
        if (text === null) return;
        text.setRangeText(`{{${variable}}}`, text.selectionStart, text.selectionEnd, 'end');
        this.#change({ text: text.value });
        text.focus();
      });
    }
  }

  #showButtons(): void {
    const { words, others, save } = this.#ports;
    const shown = this.contentEl.createDiv({ cls: 'notesight-prompt-problem', attr: { role: 'alert' } });
    this.#problem = shown;
    const buttons = this.contentEl.createDiv({ cls: 'modal-button-container' });
    const button = buttons.createEl('button', { cls: 'mod-cta', text: words.settings.list.save });
    button.addEventListener('click', () => {
      const problem = promptProblem(this.#prompt, others);
      shown.setText(problem === null ? '' : explainPrompt(problem, words.prompts.problems));
      if (problem !== null) return;
      this.#isSaved = true;
      save({ ...this.#prompt, name: this.#prompt.name.trim() });
      this.close();
    });
  }
}
