import * as mocks from 'obsidian-test-mocks/obsidian';
import { setIcon } from './icons.ts';
import { setTooltip } from './set-tooltip.ts';

/*
 * The mocks keep a value and a callback; these are wired to what is on the page, so that a click or a key counts.
 * As in Obsidian, a value that is set by the program is not told to `onChange`, but for the toggle's.
 */

export class ButtonComponent extends mocks.ButtonComponent {
  #handler: ((event: MouseEvent) => unknown) | null = null;

  constructor(containerEl: HTMLElement) {
    super(containerEl);
    this.buttonEl.addEventListener('click', (event) => void this.#handler?.(event));
  }

  override onClick(callback: (event: MouseEvent) => unknown): this {
    this.#handler = callback;
    return this;
  }

  override setIcon(icon: string): this {
    setIcon(this.buttonEl, icon);
    return this;
  }

  override setDisabled(disabled: boolean): this {
    this.buttonEl.disabled = disabled;
    return super.setDisabled(disabled);
  }
}

export class ExtraButtonComponent extends mocks.ExtraButtonComponent {
  constructor(containerEl: HTMLElement) {
    super(containerEl);
    this.extraSettingsEl.addClass('clickable-icon', 'extra-setting-button');
    this.extraSettingsEl.addEventListener('click', () => {
      if (!this.disabled) this.simulateClick__();
    });
  }

  override setTooltip(tooltip: string): this {
    setTooltip(this.extraSettingsEl, tooltip);
    return this;
  }

  override setIcon(icon: string): this {
    setIcon(this.extraSettingsEl, icon);
    return this;
  }
}

export class ToggleComponent extends mocks.ToggleComponent {
  #value = false;
  #changed: ((value: boolean) => unknown) | null = null;

  constructor(containerEl: HTMLElement) {
    super(containerEl);
    this.toggleEl.addClass('checkbox-container');
    this.toggleEl.tabIndex = 0;
    this.toggleEl.setAttribute('role', 'switch');
    this.toggleEl.addEventListener('click', () => {
      this.onClick();
    });
  }

  override getValue(): boolean {
    return this.#value;
  }

  override setValue(value: boolean): this {
    const changed = value !== this.#value;
    this.#value = value;
    this.toggleEl.toggleClass('is-enabled', value);
    this.toggleEl.setAttribute('aria-checked', String(value));
    if (changed) void this.#changed?.(value);
    return this;
  }

  override onChange(callback: (value: boolean) => unknown): this {
    this.#changed = callback;
    return this;
  }

  override onClick(): void {
    if (!this.disabled) this.setValue(!this.#value);
  }
}

export class DropdownComponent extends mocks.DropdownComponent {
  constructor(containerEl: HTMLElement) {
    super(containerEl);
    this.selectEl.addClass('dropdown');
  }

  override setValue(value: string): this {
    this.selectEl.value = value;
    return this;
  }

  override onChange(callback: (value: string) => unknown): this {
    this.selectEl.addEventListener('change', () => void callback(this.selectEl.value));
    return this;
  }

  override setDisabled(disabled: boolean): this {
    this.selectEl.disabled = disabled;
    return super.setDisabled(disabled);
  }
}

export class TextComponent extends mocks.TextComponent {
  constructor(containerEl: HTMLElement) {
    super(containerEl);
    this.inputEl.type = 'text';
    this.inputEl.spellcheck = false;
  }

  override getValue(): string {
    return this.inputEl.value;
  }

  override setValue(value: string): this {
    this.inputEl.value = value;
    return this;
  }

  override onChange(callback: (value: string) => unknown): this {
    this.inputEl.addEventListener('input', () => void callback(this.inputEl.value));
    return this;
  }

  override setDisabled(disabled: boolean): this {
    this.inputEl.disabled = disabled;
    return super.setDisabled(disabled);
  }
}

export class TextAreaComponent extends mocks.TextAreaComponent {
  override getValue(): string {
    return this.inputEl.value;
  }

  override setValue(value: string): this {
    this.inputEl.value = value;
    return this;
  }

  override onChange(callback: (value: string) => unknown): this {
    this.inputEl.addEventListener('input', () => void callback(this.inputEl.value));
    return this;
  }

  override setDisabled(disabled: boolean): this {
    this.inputEl.disabled = disabled;
    return super.setDisabled(disabled);
  }
}

export class SliderComponent extends mocks.SliderComponent {
  override getValue(): number {
    return this.sliderEl.valueAsNumber;
  }

  override setValue(value: number): this {
    this.sliderEl.valueAsNumber = value;
    return this;
  }

  override onChange(callback: (value: number) => unknown): this {
    this.sliderEl.addEventListener('change', () => void callback(this.sliderEl.valueAsNumber));
    return this;
  }

  override setDisabled(disabled: boolean): this {
    this.sliderEl.disabled = disabled;
    return super.setDisabled(disabled);
  }
}
