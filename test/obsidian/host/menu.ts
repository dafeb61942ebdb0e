import type { MenuPositionDef } from 'obsidian';
import * as mocks from 'obsidian-test-mocks/obsidian';
import { setIcon } from './icons.ts';

/** Obsidian's order; unknown sections follow. */
const SECTIONS = ['title', 'open', 'action-primary', 'action', 'info', 'view', 'system', '', 'danger'];

/** A menu that is actually shown, with items grouped by section and separators in between. */
export class Menu extends mocks.Menu {
  #hidden: (() => unknown) | null = null;

  /** Public, so that any code can create one. */
  public constructor() {
    super();
  }

  static override forEvent(event: MouseEvent): Menu {
    const menu = new Menu();
    queueMicrotask(() => menu.showAtMouseEvent(event));
    return menu;
  }

  override onHide(callback: () => unknown): void {
    this.#hidden = callback;
  }

  override showAtMouseEvent(event: MouseEvent): this {
    event.preventDefault();
    return this.showAtPosition({ x: event.clientX, y: event.clientY });
  }

  override showAtPosition(position: MenuPositionDef): this {
    if (this.menuItems__.length === 0) return this;
    this.dom__.addClass('menu');
    const order = (item: mocks.MenuItem): number =>
      (SECTIONS.indexOf(item.section__) + SECTIONS.length + 1) % (SECTIONS.length + 1);
    const items = this.menuItems__.toSorted((a, b) => order(a) - order(b));
    this.dom__.empty();
    items.forEach((item, index) => {
      if (index > 0 && items[index - 1]?.section__ !== item.section__) this.dom__.createDiv('menu-separator');
      this.#addRow(item);
    });
    document.body.append(this.dom__);
    // Like Obsidian's, it stays inside the window.
    const { width, height } = this.dom__.getBoundingClientRect();
    this.dom__.style.left = `${Math.max(0, Math.min(position.x, window.innerWidth - width))}px`;
    this.dom__.style.top = `${Math.max(0, Math.min(position.y, window.innerHeight - height))}px`;
    document.addEventListener('mousedown', this.#onPress, true);
    document.addEventListener('keydown', this.#onKey, true);
    return this;
  }

  override hide(): this {
    if (!this.dom__.isConnected) return this;
    this.dom__.remove();
    document.removeEventListener('mousedown', this.#onPress, true);
    document.removeEventListener('keydown', this.#onKey, true);
    this.#hidden?.();
    return this;
  }

  override close(): void {
    this.hide();
  }

  #addRow(item: mocks.MenuItem): void {
    const row = this.dom__.createDiv({
      cls: 'menu-item',
      attr: { role: 'menuitem', 'data-section': item.section__ },
    });
    row.toggleClass('is-disabled', item.disabled__);
    row.toggleClass('is-label', item.isLabel__);
    row.toggleClass('is-warning', item.warning__);
    const icon = row.createDiv('menu-item-icon');
    if (item.checked__ === true) setIcon(icon, 'check');
    else if (item.icon__ !== null) setIcon(icon, item.icon__);
    row.createDiv('menu-item-title').append(item.title__);
    row.addEventListener('click', (event) => {
      if (item.disabled__ || item.isLabel__) return;
      this.hide();
      item.onClick__?.(event);
    });
  }

  readonly #onPress = (event: Event): void => {
    if (event.target instanceof Node && !this.dom__.contains(event.target)) this.hide();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.hide();
  };
}
