import type * as obsidian from 'obsidian';
import * as mocks from 'obsidian-test-mocks/obsidian';
import { Modal } from './modal.ts';

/** A button that closes its dialog unless its handler returns a truthy value. */
class ConfirmationButton extends mocks.ConfirmationButton {
  #handler: ((event: MouseEvent) => unknown) | null = null;

  constructor(modal: ConfirmationModal) {
    super(modal.buttonContainerEl);
    this.buttonEl.addEventListener('click', (event) => {
      void Promise.resolve(this.#handler?.(event)).then((stay) => {
        if (!stay) modal.close();
      });
    });
  }

  override onClick(handler: (event: MouseEvent) => unknown): this {
    this.#handler = handler;
    return this;
  }

  override setDisabled(disabled: boolean): this {
    this.buttonEl.disabled = disabled;
    return super.setDisabled(disabled);
  }

  override setCancel(): this {
    this.buttonEl.addClass('mod-cancel');
    return this;
  }

  override setSecondary(): this {
    this.buttonEl.addClass('mod-secondary');
    return this;
  }

  override setInitialFocus(): this {
    this.buttonEl.autofocus = true;
    return this;
  }
}

/** A question with a row of buttons. */
export class ConfirmationModal extends Modal {
  readonly buttonContainerEl: HTMLElement;

  constructor(app: mocks.App) {
    super(app);
    this.buttonContainerEl = this.modalEl.createDiv('modal-button-container');
  }

  override open(): void {
    super.open();
    Array.from(this.buttonContainerEl.querySelectorAll<HTMLElement>('[autofocus]')).at(-1)?.focus();
  }

  addClass(cls: string): this {
    this.modalEl.addClass(cls);
    return this;
  }

  addCheckbox(label: string, cb: (value: boolean) => unknown): this {
    const labelEl = this.buttonContainerEl.createEl('label', { cls: 'mod-checkbox' });
    const input = labelEl.createEl('input', { type: 'checkbox' });
    labelEl.appendText(label);
    input.addEventListener('change', () => void cb(input.checked));
    return this;
  }

  addButton(cb: (button: obsidian.ConfirmationButton) => unknown): this {
    cb(new ConfirmationButton(this).asOriginalType3__());
    return this;
  }

  addCancelButton(text = 'Cancel'): this {
    return this.addButton((button) => button.setButtonText(text).setCancel());
  }
}
