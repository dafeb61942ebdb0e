import { host } from './host.ts';

/** Short messages in a corner. */
export class Notice {
  readonly messageEl = createDiv({ cls: 'notice-message' });
  readonly containerEl = createDiv({ cls: 'notice' });

  constructor(message: string | DocumentFragment) {
    this.messageEl.append(message);
    this.containerEl.append(this.messageEl);
    document.querySelector('.notices')?.append(this.containerEl);
    host.notices.push(this.messageEl.textContent);
  }

  setMessage(message: string | DocumentFragment): this {
    this.messageEl.replaceChildren(message);
    return this;
  }

  hide(): void {
    this.containerEl.remove();
  }
}

/** A dialog; Escape and its button close it. */
export class Modal {
  readonly app: unknown;
  readonly containerEl = createDiv({ cls: 'modal-container' });
  readonly modalEl = this.containerEl.createDiv({ cls: 'modal', attr: { role: 'dialog' } });
  readonly titleEl = this.modalEl.createDiv({ cls: 'modal-title' });
  readonly contentEl = this.modalEl.createDiv({ cls: 'modal-content' });

  constructor(app: unknown) {
    this.app = app;
    const closeButton = this.modalEl.createEl('button', { cls: 'modal-close-button', text: '×' });
    closeButton.ariaLabel = 'Close';
    closeButton.onclick = () => {
      this.close();
    };
    this.containerEl.onkeydown = ({ key }) => {
      if (key === 'Escape') this.close();
    };
  }

  setTitle(title: string): this {
    this.titleEl.textContent = title;
    return this;
  }

  open(): void {
    document.body.append(this.containerEl);
    this.modalEl.tabIndex = -1;
    this.modalEl.focus();
    this.onOpen();
  }

  close(): void {
    this.containerEl.remove();
    this.onClose();
  }

  onOpen(): void {
    // For the plugin's own.
  }

  onClose(): void {
    // For the plugin's own.
  }
}

class MenuItem {
  readonly element = createDiv({ cls: 'menu-item', attr: { role: 'menuitem' } });

  setTitle(title: string): this {
    this.element.textContent = title;
    return this;
  }

  setIcon(): this {
    return this;
  }

  setSection(): this {
    return this;
  }

  onClick(run: () => unknown): this {
    this.element.onclick = () => {
      document.querySelector('.menu')?.remove();
      run();
    };
    return this;
  }
}

/** A context menu. */
export class Menu {
  readonly element = createDiv({ cls: 'menu', attr: { role: 'menu' } });

  addItem(fill: (item: MenuItem) => unknown): this {
    const item = new MenuItem();
    fill(item);
    this.element.append(item.element);
    return this;
  }

  show(): void {
    document.body.append(this.element);
  }
}
