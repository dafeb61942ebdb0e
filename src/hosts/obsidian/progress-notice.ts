import { Notice } from 'obsidian';
import { type Announcer, createAnnouncer } from '../../ui/announcer.ts';
import type { Choice } from './question-notice.ts';

/** The parts of a shown notice that change. */
interface Shown {
  readonly notice: Notice;
  readonly text: HTMLElement;
  readonly bar: HTMLElement;
  readonly announcer: Announcer;
}

/**
 * A notice with a progress bar and a Stop button. It stays until the work ends, or until the user dismisses it; then it
 * comes back on request only.
 */
export class ProgressNotice {
  readonly #label: string;
  readonly #stop: Choice;
  #shown: Shown | null = null;
  #state: { readonly text: string; readonly fraction: number | null } | null = null;

  /** @param label the name of the progress bar */
  constructor(label: string, stop: Choice) {
    this.#label = label;
    this.#stop = stop;
  }

  /** Shows the progress, or updates it. @param fraction from 0 to 1; null while it is unknown */
  show(text: string, fraction: number | null): void {
    const isStart = this.#state === null;
    this.#state = { text, fraction };
    if (isStart) this.#shown = this.#open();
    this.#update();
  }

  /** Shows the notice again if the user dismissed it. @returns whether they had */
  reveal(): boolean {
    if (this.#state === null || this.#shown !== null) return false;
    this.#shown = this.#open();
    this.#update();
    return true;
  }

  /** Call when the work has ended. */
  hide(): void {
    this.#state = null;
    this.#shown?.notice.hide();
    this.#forget();
  }

  #forget(): void {
    this.#shown?.announcer.destroy();
    this.#shown = null;
  }

  #open(): Shown {
    const content = createFragment();
    const text = content.createDiv({ text: this.#state?.text ?? '' });
    const attr = { role: 'progressbar', 'aria-label': this.#label, 'aria-valuemin': 0, 'aria-valuemax': 100 };
    const bar = content.createDiv({ cls: 'notesight-progress-bar', attr });
    const announcer = createAnnouncer(text.ownerDocument, () => text.textContent);
    content.append(announcer.element);
    const { label, run } = this.#stop;
    const buttons = content.createDiv({ cls: 'notesight-question' });
    buttons.createEl('button', { text: label }).addEventListener('click', run);
    const notice = new Notice(content, 0);
    // A tap anywhere hides the notice.
    notice.containerEl.addEventListener('click', () => {
      if (this.#shown?.notice === notice) this.#forget();
    });
    return { notice, text, bar, announcer };
  }

  #update(): void {
    if (this.#shown === null || this.#state === null) return;
    const { text, bar, announcer } = this.#shown;
    const { fraction } = this.#state;
    text.setText(this.#state.text);
    bar.toggleClass('mod-unknown', fraction === null);
    const percent = String(Math.round((fraction ?? 0) * 100));
    if (fraction === null) bar.removeAttribute('aria-valuenow');
    else bar.ariaValueNow = percent;
    bar.setCssProps({ '--notesight-progress': `${percent}%` });
    announcer.sayState();
  }
}
