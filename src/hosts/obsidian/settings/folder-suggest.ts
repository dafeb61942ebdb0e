import { AbstractInputSuggest, type App, type TFolder } from 'obsidian';
import { pathKey } from '../../../core/settings/folder-path.ts';

/** Suggests the folders of the vault for a text field. */
export class FolderSuggest extends AbstractInputSuggest<TFolder> {
  readonly #input: HTMLInputElement;

  constructor(app: App, input: HTMLInputElement) {
    super(app, input);
    this.#input = input;
  }

  protected override getSuggestions(query: string): TFolder[] {
    const key = pathKey(query.trim());
    return this.app.vault.getAllFolders().filter(({ path }) => pathKey(path).includes(key));
  }

  override renderSuggestion({ path }: TFolder, element: HTMLElement): void {
    element.setText(path);
  }

  override selectSuggestion({ path }: TFolder): void {
    this.setValue(path);
    // As if it was typed.
    this.#input.dispatchEvent(new Event('input'));
    this.close();
  }
}
