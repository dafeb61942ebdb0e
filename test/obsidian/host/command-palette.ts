import type { App } from './app.ts';
import { SuggestModal } from './suggest-modal.ts';

interface OfferedCommand {
  readonly id: string;
  readonly name: string;
}

/** The available commands, filtered by the typed text. */
export class CommandPalette extends SuggestModal<OfferedCommand> {
  readonly #app: App;
  readonly #offered: readonly OfferedCommand[];

  constructor(app: App) {
    super(app);
    this.#app = app;
    const { commands } = app.commands;
    this.#offered = app.commands.offered().map((id) => ({ id, name: commands.get(id)?.name ?? id }));
    this.setPlaceholder('Type a command…');
  }

  getSuggestions(query: string): OfferedCommand[] {
    return this.#offered.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()));
  }

  renderSuggestion({ name }: OfferedCommand, element: HTMLElement): void {
    element.setText(name);
  }

  onChooseSuggestion({ id }: OfferedCommand): void {
    void this.#app.commands.run(id);
  }
}
