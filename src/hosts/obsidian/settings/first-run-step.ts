import { setIcon } from 'obsidian';
import type { Choice } from '../question-notice.ts';

/** What a step shows. */
export interface StepContent {
  readonly state: 'waiting' | 'current' | 'busy' | 'done' | 'failed';
  readonly text: string;
  /** The action of its button; omitted for none. */
  readonly action?: Choice;
  /** From 0 to 1; omitted for no progress bar. */
  readonly progress?: number;
}

const ICONS: Readonly<Partial<Record<StepContent['state'], string>>> = {
  busy: 'loader',
  done: 'check',
  failed: 'alert-triangle',
};

/** A step of the first run: its state, and one button, so that the focus stays while the state changes. */
export class FirstRunStep {
  /** The place for more content, above the text. */
  readonly body: HTMLElement;
  /** The place for more actions, next to the button. */
  readonly actions: HTMLElement;
  readonly #item: HTMLElement;
  readonly #icon: HTMLElement;
  readonly #text: HTMLElement;
  readonly #bar: HTMLProgressElement;
  readonly #button: HTMLButtonElement;
  #run: () => void = () => undefined;

  constructor(list: HTMLElement, title: string) {
    this.#item = list.createEl('li', { cls: 'notesight-step' });
    this.#icon = this.#item.createDiv({ cls: 'notesight-step-icon', attr: { 'aria-hidden': 'true' } });
    const content = this.#item.createDiv({ cls: 'notesight-step-content' });
    content.createDiv({ cls: 'notesight-step-title', text: title });
    this.body = content.createDiv();
    this.#bar = content.createEl('progress', { attr: { 'aria-label': title } });
    this.#text = content.createDiv({ cls: 'notesight-step-text', attr: { role: 'status' } });
    this.actions = content.createDiv({ cls: 'notesight-step-actions' });
    this.#button = this.actions.createEl('button');
    this.#button.addEventListener('click', () => {
      this.#run();
    });
  }

  get hasFocus(): boolean {
    return this.#button.matches(':focus');
  }

  focus(): void {
    this.#button.focus();
  }

  show({ state, text, action, progress }: StepContent): void {
    this.#item.dataset['state'] = state;
    const icon = ICONS[state];
    this.#icon.empty();
    if (icon !== undefined) setIcon(this.#icon, icon);
    this.#text.setText(text);
    this.#bar.toggle(progress !== undefined);
    this.#bar.value = progress ?? 0;
    this.#button.toggle(action !== undefined);
    this.#button.toggleClass('mod-cta', state === 'current');
    if (action === undefined) return;
    this.#button.setText(action.label);
    this.#run = action.run;
  }
}
