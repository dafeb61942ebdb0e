import * as mocks from 'obsidian-test-mocks/obsidian';
import { Scope } from './scope.ts';

/** The open dialogs; the last one is topmost and has the keyboard focus. */
const open: Modal[] = [];

/** A modal dialog, closed by its button, Escape or a click outside. */
export class Modal extends mocks.Modal {
  override scope: Scope;
  readonly #bg: HTMLElement;
  #closed: (() => unknown) | null = null;
  #focusedBefore: Element | null = null;

  constructor(app: mocks.App) {
    super(app);
    this.scope = new Scope();
    this.containerEl.addClass('modal-container', 'mod-dim');
    this.#bg = createDiv('modal-bg');
    this.containerEl.prepend(this.#bg);
    this.modalEl.addClass('modal');
    this.modalEl.setAttribute('role', 'dialog');
    this.modalEl.tabIndex = -1;
    this.titleEl.addClass('modal-title');
    this.contentEl.addClass('modal-content');
    const close = createDiv({ cls: 'modal-close-button', attr: { 'aria-label': 'Close' } });
    this.modalEl.replaceChildren(close, this.titleEl, this.contentEl);
    for (const closer of [close, this.#bg]) {
      closer.addEventListener('click', () => {
        this.close();
      });
    }
    this.scope.register([], 'Escape', () => {
      this.close();
      return false;
    });
  }

  override open(): void {
    if (open.includes(this)) return;
    this.#focusedBefore = document.activeElement;
    open.push(this);
    document.body.append(this.containerEl);
    document.addEventListener('keydown', this.#onKey, true);
    this.onOpen();
    const first = this.modalEl.querySelector<HTMLElement>('input, textarea, select, button');
    if (!this.modalEl.contains(document.activeElement)) (first ?? this.modalEl).focus();
  }

  override close(): void {
    const index = open.indexOf(this);
    if (index < 0) return;
    open.splice(index, 1);
    document.removeEventListener('keydown', this.#onKey, true);
    this.containerEl.remove();
    if (this.shouldRestoreSelection && this.#focusedBefore instanceof HTMLElement)
      this.#focusedBefore.focus();
    this.onClose();
    this.#closed?.();
  }

  override setCloseCallback(callback: () => unknown): this {
    this.#closed = callback;
    return this;
  }

  override setContent(content: string | DocumentFragment): this {
    this.contentEl.replaceChildren(content);
    return this;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (open.at(-1) === this) this.scope.handle(event);
  };
}
