const SHOWN_MS = 5000;

/** Texts of all notices since startup, as first shown. */
export const shownNotices: string[] = [];

/** A notice in the corner. A click dismisses it, or a timeout unless that is 0. */
export class Notice {
  readonly containerEl = createDiv('notice');
  readonly messageEl = this.containerEl.createDiv('notice-message');
  readonly noticeEl = this.messageEl;

  constructor(message: string | DocumentFragment, duration = SHOWN_MS) {
    this.setMessage(message);
    shownNotices.push(this.messageEl.textContent);
    const corner = document.querySelector('.notice-container') ?? document.body.createDiv('notice-container');
    corner.append(this.containerEl);
    this.containerEl.addEventListener('click', () => {
      this.hide();
    });
    if (duration > 0)
      window.setTimeout(() => {
        this.hide();
      }, duration);
  }

  setMessage(message: string | DocumentFragment): this {
    this.messageEl.replaceChildren(message);
    return this;
  }

  hide(): void {
    this.containerEl.remove();
  }
}
