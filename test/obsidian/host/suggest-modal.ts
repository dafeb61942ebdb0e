import * as mocks from 'obsidian-test-mocks/obsidian';
import { Modal } from './modal.ts';

interface Instruction {
  readonly command: string;
  readonly purpose: string;
}

/**
 * A prompt like Obsidian's quick switcher: a text field with suggestions below, selected with the arrow keys or the
 * mouse and chosen with Enter or a click. Shows the newest result, even if an older one arrives later.
 */
export abstract class SuggestModal<T> extends Modal {
  limit = 100;
  emptyStateText = 'No results found.';
  readonly inputEl: HTMLInputElement;
  readonly resultContainerEl: HTMLElement;
  readonly #instructions = createDiv('prompt-instructions');
  #shown: { readonly value: T; readonly element: HTMLElement }[] = [];
  #selected = 0;
  #asked = 0;

  constructor(app: mocks.App) {
    super(app);
    this.modalEl.className = 'prompt';
    const line = createDiv('prompt-input-container');
    this.inputEl = line.createEl('input', { cls: 'prompt-input', type: 'text' });
    this.resultContainerEl = createDiv('prompt-results');
    this.modalEl.replaceChildren(line, this.resultContainerEl);
    this.inputEl.addEventListener('input', () => void this.#update());
    const move = (by: number) => () => {
      this.#select(this.#selected + by);
      return false;
    };
    this.scope.register([], 'ArrowDown', move(1));
    this.scope.register([], 'ArrowUp', move(-1));
    this.scope.register([], 'Enter', (event) => {
      if (!event.isComposing) this.selectActiveSuggestion(event);
      return false;
    });
  }

  abstract getSuggestions(query: string): T[] | Promise<T[]>;
  abstract renderSuggestion(value: T, el: HTMLElement): void;
  abstract onChooseSuggestion(item: T, evt: MouseEvent | KeyboardEvent): void;

  onNoSuggestion(): void {
    this.resultContainerEl.empty();
    if (this.emptyStateText !== '')
      this.resultContainerEl.createDiv({ cls: 'suggestion-empty', text: this.emptyStateText });
  }

  setPlaceholder(placeholder: string): void {
    this.inputEl.placeholder = placeholder;
  }

  setInstructions(instructions: readonly Instruction[]): void {
    this.#instructions.empty();
    for (const { command, purpose } of instructions) {
      const instruction = this.#instructions.createDiv('prompt-instruction');
      instruction.createSpan({ cls: 'prompt-instruction-command', text: command });
      instruction.createSpan({ text: purpose });
    }
    this.modalEl.append(this.#instructions);
  }

  override open(): void {
    super.open();
    this.inputEl.focus();
    void this.#update();
  }

  selectSuggestion(value: T, event: MouseEvent | KeyboardEvent): void {
    this.close();
    this.onChooseSuggestion(value, event);
  }

  selectActiveSuggestion(event: MouseEvent | KeyboardEvent): void {
    const active = this.#shown[this.#selected];
    if (active !== undefined) this.selectSuggestion(active.value, event);
  }

  async #update(): Promise<void> {
    const asked = ++this.#asked;
    const values = await this.getSuggestions(this.inputEl.value);
    if (asked !== this.#asked) return;
    this.resultContainerEl.empty();
    this.#shown = values.slice(0, this.limit).map((value, index) => {
      const element = this.resultContainerEl.createDiv('suggestion-item');
      element.addEventListener('mousemove', () => {
        this.#select(index);
      });
      element.addEventListener('click', (event) => {
        this.selectSuggestion(value, event);
      });
      this.renderSuggestion(value, element);
      return { value, element };
    });
    if (this.#shown.length === 0) this.onNoSuggestion();
    this.#select(0);
  }

  /** Wraps around from the last to the first. */
  #select(index: number): void {
    const count = this.#shown.length;
    this.#selected = count === 0 ? 0 : (index + count) % count;
    for (const [at, { element }] of this.#shown.entries())
      element.toggleClass('is-selected', at === this.#selected);
    this.#shown[this.#selected]?.element.scrollIntoView({ block: 'nearest' });
  }
}
