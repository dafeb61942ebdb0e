import { type App, SuggestModal, type TFile } from 'obsidian';
import { imageExtension } from '../caption/image-extension.ts';

/** Lets the user pick an image file by searching its path. */
export class ImagePrompt extends SuggestModal<TFile> {
  readonly #picked: (file: TFile) => void;

  constructor(app: App, placeholder: string, picked: (file: TFile) => void) {
    super(app);
    this.#picked = picked;
    this.setPlaceholder(placeholder);
  }

  override getSuggestions(query: string): TFile[] {
    const wanted = query.toLowerCase().split(/\s+/);
    return this.app.vault
      .getFiles()
      .filter(
        (file) => imageExtension(file) && wanted.every((word) => file.path.toLowerCase().includes(word)),
      )
      .sort((a, b) => b.stat.mtime - a.stat.mtime);
  }

  override renderSuggestion(file: TFile, element: HTMLElement): void {
    element.addClass('notesight-suggestion');
    element.createEl('img', {
      cls: 'notesight-suggestion-image',
      attr: { src: this.app.vault.getResourcePath(file), alt: '', loading: 'lazy' },
    });
    element.createDiv({ text: file.path });
  }

  override onChooseSuggestion(file: TFile): void {
    this.#picked(file);
  }
}
