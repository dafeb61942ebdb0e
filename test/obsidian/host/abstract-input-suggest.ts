import * as mocks from 'obsidian-test-mocks/obsidian';

/** Suggestions below a text field, shown while it has the focus; chosen with the arrow keys and Enter or a click. */
export abstract class AbstractInputSuggest<T> extends mocks.AbstractInputSuggest<T> {
  readonly #input: HTMLInputElement;
  readonly #list = createDiv('suggestion-container');
  #shown: { readonly value: T; readonly element: HTMLElement }[] = [];
  #selected = 0;
  #asked = 0;

  constructor(app: mocks.App, input: HTMLInputElement) {
    super(app, input);
    this.#input = input;
    for (const event of ['focus', 'input']) input.addEventListener(event, () => void this.#update());
    input.addEventListener('blur', () => {
      this.close();
    });
    input.addEventListener('keydown', (event) => {
      if (!this.#list.isConnected) return;
      if (event.key === 'ArrowDown') this.#select(this.#selected + 1);
      else if (event.key === 'ArrowUp') this.#select(this.#selected - 1);
      else if (event.key === 'Enter') this.#choose(this.#selected, event);
      else return;
      event.preventDefault();
    });
    // Keeps the focus in the text field.
    this.#list.addEventListener('mousedown', (event) => {
      event.preventDefault();
    });
  }

  override getValue(): string {
    return this.#input.value;
  }

  override setValue(value: string): void {
    this.#input.value = value;
  }

  override close(): void {
    this.#asked++;
    this.#list.remove();
  }

  async #update(): Promise<void> {
    const asked = ++this.#asked;
    const values = await this.getSuggestions(this.#input.value);
    if (asked !== this.#asked) return;
    this.#list.empty();
    this.#shown = values.map((value, index) => {
      const element = this.#list.createDiv('suggestion-item');
      element.addEventListener('click', (event) => {
        this.#choose(index, event);
      });
      this.renderSuggestion(value, element);
      return { value, element };
    });
    if (values.length === 0) this.#list.remove();
    else document.body.append(this.#list);
    const { left, bottom } = this.#input.getBoundingClientRect();
    this.#list.setCssStyles({ left: `${left}px`, top: `${bottom}px` });
    this.#select(0);
  }

  #choose(index: number, event: MouseEvent | KeyboardEvent): void {
    const chosen = this.#shown[index];
    if (chosen !== undefined) this.selectSuggestion(chosen.value, event);
  }

  /** Wraps around from the last to the first. */
  #select(index: number): void {
    const count = this.#shown.length;
    this.#selected = count === 0 ? 0 : (index + count) % count;
    for (const [at, { element }] of this.#shown.entries())
      element.toggleClass('is-selected', at === this.#selected);
  }
}
