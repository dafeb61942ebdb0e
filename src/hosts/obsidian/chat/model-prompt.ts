import { type App, SuggestModal } from 'obsidian';
import type { Survey } from '../../../editor/survey-servers.ts';
import type { Words } from '../messages/en.ts';
import { modelLabel } from '../settings/model-label.ts';

/** A model by its name; '' for automatic. */
interface Choice {
  readonly name: string;
  readonly label: string;
}

/** Lets the user choose one of the models of the servers, those that support images first. */
export class ModelPrompt extends SuggestModal<Choice> {
  readonly #choices: readonly Choice[];
  readonly #chosen: (name: string) => void;

  constructor(app: App, { models, best }: Survey, words: Words, chosen: (name: string) => void) {
    super(app);
    this.#chosen = chosen;
    const { automatic } = words.settings.models;
    const sorted = models.toSorted((a, b) => Number(b.supportsImages) - Number(a.supportsImages));
    this.#choices = [
      { name: '', label: best === null ? automatic : `${automatic}: ${best}` },
      ...sorted.map((model) => ({ name: model.name, label: modelLabel(model, words) })),
    ];
    this.setPlaceholder(words.chatNotes.pickModel);
  }

  override getSuggestions(query: string): Choice[] {
    const wanted = query.toLowerCase();
    return this.#choices.filter(({ label }) => label.toLowerCase().includes(wanted));
  }

  override renderSuggestion({ label }: Choice, element: HTMLElement): void {
    element.setText(label);
  }

  override onChooseSuggestion({ name }: Choice): void {
    this.#chosen(name);
  }
}

/**
 * Asks the servers for their models and lets the user choose one.
 * @returns the name, '' for automatic, or null if none was chosen
 */
export function pickModel(app: App, survey: Survey, words: Words): Promise<string | null> {
  return new Promise((resolve) => {
    const prompt = new ModelPrompt(app, survey, words, resolve);
    const close = prompt.onClose.bind(prompt);
    prompt.onClose = () => {
      close();
      // Obsidian closes the prompt before it reports the choice.
      window.setTimeout(() => {
        resolve(null);
      });
    };
    prompt.open();
  });
}
