import { type App, type MarkdownFileInfo, Notice, SuggestModal, type TFile } from 'obsidian';
import { imageName } from '../../../core/note/inline-source.ts';
import type { ImageDocument } from '../../../core/search/image-documents.ts';
import type { FoundImage } from '../../../core/search/image-index.ts';
import type { ImageSearch } from '../../../editor/image-search.ts';
import { showInNote } from '../chat/note-editor.ts';
import type { Words } from '../messages/en.ts';

/** More results than a user would look through. */
const LIMIT = 50;
/** Milliseconds without a keystroke before the query is embedded. */
const PAUSE = 200;
/** Length of a description, in UTF-16 code units. */
const MAX_LENGTH = 200;

/** Finds an image of the vault by its content. */
export class FindPrompt extends SuggestModal<FoundImage> {
  readonly #search: ImageSearch;
  readonly #words: Words;
  readonly #controller = new AbortController();
  /** Where an image can be inserted: the previously active note. */
  readonly #target: MarkdownFileInfo | null;
  #pause = 0;
  /** The number of images that could be listed last. */
  #known = 0;

  constructor(app: App, search: ImageSearch, words: Words) {
    super(app);
    this.#search = search;
    this.#words = words;
    this.#target = app.workspace.activeEditor;
    const { find } = words;
    this.limit = LIMIT;
    this.emptyStateText = '';
    this.setPlaceholder(find.placeholder);
    this.setInstructions([
      { command: '↵', purpose: find.open },
      ...(this.#target?.editor === undefined ? [] : [{ command: 'Ctrl/⌘ ↵', purpose: find.insert }]),
      { command: 'Shift ↵', purpose: find.copy },
    ]);
    for (const modifier of ['Mod', 'Shift'] as const) {
      this.scope.register([modifier], 'Enter', (event) => {
        this.selectActiveSuggestion(event);
        return false;
      });
    }
  }

  override onOpen(): void {
    void super.onOpen();
    const { find } = this.#words;
    const read = this.#search.readAll((done) => {
      this.#setEmpty(find.reading(Math.floor(done * 100)));
    }, this.#controller.signal);
    void read.then(async () => {
      this.#setEmpty(find.nothing);
      await this.#search.learnMeaning(this.#controller.signal);
      await this.#understand();
    });
    this.inputEl.addEventListener('input', (event) => {
      // Ignore events of a refresh.
      if (!event.isTrusted) return;
      window.clearTimeout(this.#pause);
      this.#pause = window.setTimeout(() => void this.#understand(), PAUSE);
    });
  }

  override onClose(): void {
    super.onClose();
    this.#controller.abort();
    window.clearTimeout(this.#pause);
  }

  /** Text matches appear immediately; matches by meaning are added unless a row was selected in the meantime. */
  async #understand(): Promise<void> {
    const query = this.inputEl.value;
    if (query.trim() === '' || !(await this.#search.understand(query, this.#controller.signal))) return;
    const isAtTop = this.resultContainerEl.querySelector('.is-selected:not(:first-child)') === null;
    if (isAtTop && query === this.inputEl.value) this.#refresh();
  }

  override async getSuggestions(query: string): Promise<FoundImage[]> {
    this.#known = this.#count();
    return query.trim() === '' ? this.#latest() : this.#search.find(query, LIMIT);
  }

  /** The images whose files changed last. */
  #latest(): FoundImage[] {
    const byFile = new Map<string, ImageDocument>();
    for (const image of this.#search.images()) byFile.set(image.file, image);
    return [...byFile.values()]
      .map((image) => ({ image, changed: this.app.vault.getFileByPath(image.file)?.stat.mtime ?? 0 }))
      .sort((a, b) => b.changed - a.changed)
      .slice(0, LIMIT)
      .map(({ image }) => ({ ...image, score: 0, terms: [] }));
  }

  override renderSuggestion({ file, note, alt, description, text }: FoundImage, element: HTMLElement): void {
    element.addClass('notesight-suggestion');
    const image = this.app.vault.getFileByPath(file);
    const src = image === null ? '' : this.app.vault.getResourcePath(image);
    element.createEl('img', { cls: 'notesight-suggestion-image', attr: { src, alt: '', loading: 'lazy' } });
    const body = element.createDiv();
    const name = imageName(file);
    body.createDiv({ text: alt === '' ? name : alt });
    const more = [description, text].join(' ').replace(/\s+/g, ' ').trim();
    if (more !== '') body.createDiv({ cls: 'notesight-suggestion-more', text: more.slice(0, MAX_LENGTH) });
    body.createDiv({ cls: 'notesight-suggestion-more', text: `${name} · ${note}` });
  }

  override onChooseSuggestion(found: FoundImage, event: MouseEvent | KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey) this.#insert(found);
    else if (event.shiftKey) void this.#copy(found);
    else void this.#show(found);
  }

  async #show({ note, from, to }: FoundImage): Promise<void> {
    const file = this.app.vault.getFileByPath(note);
    if (file !== null) await showInNote(this.app, file, from, to);
  }

  #insert(found: FoundImage): void {
    const image = this.app.vault.getFileByPath(found.file);
    if (image === null) return;
    this.#target?.editor?.replaceSelection(this.#embed(image, this.#target.file), 'input.notesight');
  }

  async #copy(found: FoundImage): Promise<void> {
    const image = this.app.vault.getFileByPath(found.file);
    if (image === null) return;
    await navigator.clipboard.writeText(this.#embed(image, this.#target?.file ?? null));
    new Notice(this.#words.find.copied);
  }

  /** Embeds in the vault's own link format, starting with `!`. */
  #embed(image: TFile, into: TFile | null): string {
    return this.app.fileManager.generateMarkdownLink(image, into?.path ?? '');
  }

  #setEmpty(text: string): void {
    if (text === this.emptyStateText) return;
    this.emptyStateText = text;
    // Notes read in the meantime may match the query. Drawing the same rows again would take as long as the first time.
    const hasRows = this.resultContainerEl.querySelector('.suggestion-item') !== null;
    if (!hasRows || this.#count() !== this.#known) this.#refresh();
  }

  #count(): number {
    return [...this.#search.images()].length;
  }

  #refresh(): void {
    this.inputEl.dispatchEvent(new Event('input'));
  }
}
