import { type App, Modal, type TFile } from 'obsidian';
import { NotesightError } from '../../../core/errors.ts';
import { listImages } from '../../../core/note/list-images.ts';
import { uncaptioned, type UncaptionedFolder } from '../../../core/search/uncaptioned.ts';
import type { SkippedImages } from '../../../core/storage/skipped-images.ts';
import type { Captioner } from '../../../editor/captioner.ts';
import { needsCaption } from '../../../editor/needs-caption.ts';
import { createPacer } from '../../../editor/pacer.ts';
import type { CaptionCommands } from '../caption/caption-commands.ts';
import type { Words } from '../messages/en.ts';
import type { Services } from '../services.ts';

/** Lists images that need alt text, by folder and note, with a button for all of them. */
export class UncaptionedModal extends Modal {
  readonly #captioner: Captioner;
  readonly #captions: CaptionCommands;
  readonly #words: Words;
  readonly #skipped: () => Promise<SkippedImages>;
  #isOpen = false;

  constructor(
    app: App,
    captions: CaptionCommands,
    { captioner, words, skipped }: Pick<Services, 'captioner' | 'words' | 'skipped'>,
  ) {
    super(app);
    this.#skipped = skipped;
    this.#captioner = captioner;
    this.#captions = captions;
    this.#words = words;
  }

  override onOpen(): void {
    this.#isOpen = true;
    this.setTitle(this.#words.uncaptioned.title);
    this.contentEl.createEl('p', { text: this.#words.uncaptioned.reading });
    void this.#read().then((folders) => {
      if (this.#isOpen) this.#show(folders);
    });
  }

  override onClose(): void {
    this.#isOpen = false;
  }

  async #read(): Promise<UncaptionedFolder[]> {
    const { notes, files, settings } = this.#captioner.ports;
    const listed = [];
    const pacer = createPacer();
    for (const { path } of this.app.vault.getMarkdownFiles()) {
      if (!this.#isOpen) return [];
      if (pacer.isDue) await pacer.rest();
      const markdown = await notes.read(path).catch((error: unknown) => {
        if (!(error instanceof NotesightError)) throw error;
        return '';
      });
      listed.push({ note: path, listed: listImages(path, markdown, files.index()) });
    }
    const wanted = needsCaption(settings(), await this.#skipped());
    return uncaptioned(listed, wanted, settings().remoteImages);
  }

  #show(folders: readonly UncaptionedFolder[]): void {
    const { contentEl, app } = this;
    const words = this.#words.uncaptioned;
    contentEl.empty();
    const notes = folders.flatMap((folder) => folder.notes);
    if (notes.length === 0) {
      contentEl.createEl('p', { text: words.nothing });
      return;
    }
    const count = notes.reduce((sum, { images }) => sum + images, 0);
    const files = notes.flatMap(({ note }) => app.vault.getFileByPath(note) ?? []);
    const all = contentEl.createEl('button', { cls: 'mod-cta', text: words.captionAll(count) });
    all.addEventListener('click', () => {
      this.#caption(files);
    });
    for (const { folder, notes: inFolder } of folders) {
      contentEl.createEl('h4', { text: folder === '' ? words.root : folder });
      const list = contentEl.createEl('ul', { cls: 'notesight-uncaptioned' });
      for (const { note, images } of inFolder) {
        const file = app.vault.getFileByPath(note);
        if (file === null) continue;
        const row = list.createEl('li');
        const link = row.createEl('a', { text: file.basename, href: '#' });
        link.addEventListener('click', (event) => {
          event.preventDefault();
          this.close();
          void app.workspace.getLeaf(false).openFile(file);
        });
        row.createSpan({ cls: 'notesight-suggestion-more', text: words.count(images) });
        row.createEl('button', { text: words.caption }).addEventListener('click', () => {
          this.#caption([file]);
        });
      }
    }
    all.focus();
  }

  #caption(files: readonly TFile[]): void {
    this.close();
    void this.#captions.captionAll(files);
  }
}
