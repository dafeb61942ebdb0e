import { type App, SuggestModal } from 'obsidian';

/** Something to choose by its label. */
export interface Choice {
  readonly id: string;
  readonly label: string;
}

/** Lets the user choose by searching the labels. */
export class ChoicePrompt extends SuggestModal<Choice> {
  readonly #choices: readonly Choice[];
  readonly #chosen: (id: string) => void;

  constructor(app: App, placeholder: string, choices: readonly Choice[], chosen: (id: string) => void) {
    super(app);
    this.#choices = choices;
    this.#chosen = chosen;
    this.setPlaceholder(placeholder);
  }

  override getSuggestions(query: string): Choice[] {
    const wanted = query.trim().toLowerCase();
    return this.#choices.filter(({ label }) => label.toLowerCase().includes(wanted));
  }

  override renderSuggestion({ label }: Choice, element: HTMLElement): void {
    element.setText(label);
  }

  override onChooseSuggestion({ id }: Choice): void {
    this.#chosen(id);
  }
}
