import * as mocks from 'obsidian-test-mocks/obsidian';

/** Selects one of this device's secrets by name. Values set by code are not reported. */
export class SecretComponent extends mocks.SecretComponent {
  readonly #select: HTMLSelectElement;

  constructor(app: mocks.App, containerEl: HTMLElement) {
    super(app, containerEl);
    this.#select = containerEl.createEl('select', { cls: 'dropdown' });
    for (const name of ['', ...app.secretStorage.listSecrets()]) {
      this.#select.createEl('option', { value: name, text: name });
    }
  }

  override setValue(value: string): this {
    this.#select.value = value;
    return this;
  }

  override onChange(callback: (value: string) => unknown): this {
    this.#select.addEventListener('change', () => void callback(this.#select.value));
    return this;
  }
}
