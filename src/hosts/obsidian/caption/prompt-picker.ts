import { type App, SuggestModal } from 'obsidian';
import { type ListedPrompt, listPrompts } from '../../../core/prompts/list-prompts.ts';
import type { Settings } from '../../../core/settings/settings.ts';
import type { Words } from '../messages/en.ts';

type Choice = Pick<ListedPrompt, 'id' | 'name'>;

/** Lets the user pick the prompt that describes an image, or the standard one. */
export class PromptPicker extends SuggestModal<Choice> {
  readonly #choices: readonly Choice[];
  readonly #picked: (id: string) => void;

  /** @param picked called with the id of the prompt; '' for the standard one */
  constructor(app: App, words: Words, settings: Settings, picked: (id: string) => void) {
    super(app);
    const listed = listPrompts(settings, words.prompts.names, ['alt', 'description']);
    this.#choices = [{ id: '', name: words.settings.prompts.standard }, ...listed];
    this.#picked = picked;
    this.setPlaceholder(words.review.describeWith);
  }

  override getSuggestions(query: string): Choice[] {
    return this.#choices.filter(({ name }) => name.toLowerCase().includes(query.trim().toLowerCase()));
  }

  override renderSuggestion({ name }: Choice, element: HTMLElement): void {
    element.setText(name);
  }

  override onChooseSuggestion({ id }: Choice): void {
    this.#picked(id);
  }
}
