import * as mocks from 'obsidian-test-mocks/obsidian';

/**
 * Where the name of a secret is chosen. Obsidian opens a list of the secrets, with a button to make one; here the name
 * is typed.
 */
export class SecretComponent extends mocks.SecretComponent {
  readonly #input: HTMLInputElement;

  constructor(app: mocks.App, containerEl: HTMLElement) {
    super(app, containerEl);
    this.#input = containerEl.createEl('input', { type: 'text', attr: { 'aria-label': 'Secret' } });
  }

  override setValue(value: string): this {
    this.#input.value = value;
    return this;
  }

  override onChange(callback: (value: string) => unknown): this {
    this.#input.addEventListener('input', () => void callback(this.#input.value));
    return this;
  }
}
