import type { App } from './app.ts';
import { Modal } from './modal.ts';

/** The commands that can run now, filtered by what is typed; Enter runs the first. */
export class CommandPalette extends Modal {
  readonly #app: App;

  constructor(app: App) {
    super(app);
    this.#app = app;
    this.modalEl.addClass('prompt');
  }

  override onOpen(): void {
    const { commands } = this.#app.commands;
    const offered = this.#app.commands.offered();
    const input = this.contentEl.createEl('input', {
      cls: 'prompt-input',
      type: 'text',
      placeholder: 'Type a command…',
    });
    const results = this.contentEl.createDiv('prompt-results');
    const draw = (): void => {
      results.empty();
      for (const id of offered) {
        const name = commands.get(id)?.name ?? id;
        if (!name.toLowerCase().includes(input.value.toLowerCase())) continue;
        const item = results.createDiv({ cls: 'suggestion-item', text: name });
        item.addEventListener('click', () => {
          this.close();
          void this.#app.commands.run(id);
        });
      }
    };
    input.addEventListener('input', draw);
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') results.querySelector<HTMLElement>('.suggestion-item')?.click();
    });
    draw();
  }
}
