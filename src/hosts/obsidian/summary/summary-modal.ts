import { Modal, Notice, type App, type TFile } from 'obsidian';
import type { Explanation } from '../../../core/explain.ts';
import { isCancelled, NotesightError } from '../../../core/errors.ts';
import { detectLanguage } from '../../../core/model/detect-language.ts';
import { findImages } from '../../../core/note/find-images.ts';
import { findSections, type SectionPlace } from '../../../core/note/managed-section.ts';
import { mergeTags } from '../../../core/summary/merge-tags.ts';
import { sectionLevel } from '../../../core/summary/section-level.ts';
import { summarizeNote, type Summary } from '../../../core/summary/summarize-note.ts';
import { writeSummary } from '../../../core/summary/write-summary.ts';
import { createAnswerView, type AnswerView } from '../../../ui/chat/answer-view.ts';
import type { Answering } from '../../editor/answering.ts';
import type { Captioner } from '../../editor/captioner.ts';
import { noteEditor } from '../chat/note-editor.ts';
import type { Words } from '../words/en.ts';

export interface SummaryPorts {
  readonly captioner: Captioner;
  readonly words: Words;
  readonly explain: (error: NotesightError) => Explanation;
  readonly open: (signal: AbortSignal) => Promise<Answering>;
}

/** Summarises a note, shows it as it comes, and writes it where the user says. */
export class SummaryModal extends Modal {
  readonly #note: TFile;
  readonly #ports: SummaryPorts;
  readonly #controller = new AbortController();
  /** Where the cursor stood: a UTF-16 offset, or null where the note has no editor. */
  readonly #cursor: number | null;

  constructor(app: App, note: TFile, ports: SummaryPorts) {
    super(app);
    this.#note = note;
    this.#ports = ports;
    const editor = noteEditor(app, note);
    this.#cursor = editor === null ? null : editor.posToOffset(editor.getCursor());
  }

  override onOpen(): void {
    const { words } = this.#ports;
    this.setTitle(words.summary.title(this.#note.basename));
    this.modalEl.addClass('notesight-summary-modal');
    const chat = this.contentEl.createDiv({ cls: 'notesight-chat' });
    const status = chat.createEl('p', { cls: 'notesight-turn-status', text: words.summary.writing });
    status.setAttribute('role', 'status');
    const view = createAnswerView(
      {
        doc: this.contentEl.ownerDocument,
        reference: (image) => createSpan({ text: `[${image}]` }),
        openLink: (url) => {
          window.open(url, '_blank', 'noopener');
        },
      },
      words.chat.showRest,
    );
    chat.append(view.element);
    const buttons = this.contentEl.createDiv({ cls: 'modal-button-container' });
    buttons.createEl('button', { text: words.summary.stop }).addEventListener('click', () => {
      this.close();
    });
    void this.#run(view, status).then((summary) => {
      if (summary !== null) this.#offer(summary, buttons);
    });
  }

  override onClose(): void {
    this.#controller.abort(new NotesightError('cancelled', 'closed'));
  }

  async #run(view: AnswerView, status: HTMLElement): Promise<Summary | null> {
    const { captioner, explain, open, words } = this.#ports;
    const { signal } = this.#controller;
    try {
      const { notes, files, settings } = captioner.ports;
      const { path } = this.#note;
      const markdown = await notes.read(path);
      const { model, describe } = await open(signal);
      const events = summarizeNote(
        { path, markdown },
        {
          language: settings().language,
          level: sectionLevel(markdown, 'top'),
          target: path,
          tags: [],
        },
        { model, describe, index: files.index(), detectLanguage },
        signal,
      );
      const images = findImages(markdown).length;
      let text = '';
      for await (const event of events) {
        if (event.type === 'described') status.setText(words.summary.looking(event.done, event.images));
        else if (event.type === 'part') {
          text = '';
          status.setText(words.summary.part(event.part, event.parts));
        } else if (event.type === 'restart') {
          text = '';
          view.show(text, images);
        } else if (event.type === 'text') {
          text += event.text;
          status.setText('');
          view.show(text, images);
        } else {
          status.setText([event.summary.line, ...event.summary.tags.map((tag) => `#${tag}`)].join(' '));
          return event.summary;
        }
      }
      return null;
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      if (isCancelled(error)) return null;
      const { message, advice } = explain(error);
      status.addClass('mod-warning');
      status.setText(`${message} ${advice}`);
      return null;
    }
  }

  /** The places that the summary can go to. One that is there already is replaced where it stands. */
  #offer(summary: Summary, buttons: HTMLElement): void {
    const { captioner, words } = this.#ports;
    const { contentEl } = this;
    buttons.empty();
    const toggle = contentEl.createEl('label', { cls: 'notesight-properties' });
    const properties = toggle.createEl('input', { type: 'checkbox' });
    toggle.append(words.summary.properties);
    buttons.before(toggle);

    const add = (text: string, run: () => Promise<unknown>, cls = '') => {
      buttons.createEl('button', { text, cls }).addEventListener('click', () => {
        this.close();
        void run();
      });
    };
    const write = (place: SectionPlace) => () => this.#write(summary, place, properties.checked);
    void captioner.ports.notes.read(this.#note.path).then((markdown) => {
      const [old] = findSections(markdown);
      if (old !== undefined) {
        if (old.isEdited)
          toggle.before(contentEl.createEl('p', { cls: 'mod-warning', text: words.summary.edited }));
        add(words.summary.replace, write('top'), 'mod-cta');
      } else {
        add(words.summary.top, write('top'), 'mod-cta');
        add(words.summary.bottom, write('bottom'));
        if (this.#cursor !== null) add(words.summary.cursor, write(this.#cursor));
        add(words.summary.newNote, () => this.#writeNewNote(summary, properties.checked));
      }
      add(words.summary.copy, () => navigator.clipboard.writeText(summary.markdown));
    });
  }

  async #write(summary: Summary, place: SectionPlace, withProperties: boolean): Promise<void> {
    const { captioner, words } = this.#ports;
    const { notes, openMemory } = captioner.ports;
    await this.#telling(async () => {
      const { journal } = await openMemory();
      const batch = await journal.begin();
      // A summary that was changed by hand was told of, and the user has clicked all the same.
      await writeSummary(this.#note.path, summary.markdown, { place, replace: true }, batch, {
        notes,
        journal,
      });
      if (withProperties) await this.#addProperties(this.#note, summary);
      new Notice(words.summary.written);
    });
  }

  async #writeNewNote(summary: Summary, withProperties: boolean): Promise<void> {
    const { vault, fileManager, workspace } = this.app;
    const { captioner, words } = this.#ports;
    const { notes, openMemory } = captioner.ports;
    await this.#telling(async () => {
      const folder = fileManager.getNewFileParent(this.#note.path).path;
      const name = words.summary.fileName(this.#note.basename);
      const path = (number: number) =>
        `${folder === '/' ? '' : `${folder}/`}${name}${number === 1 ? '' : ` ${number}`}.md`;
      let number = 1;
      while (vault.getFileByPath(path(number)) !== null) number++;
      const created = await vault.create(path(number), `${summary.markdown}\n`);
      const { journal } = await openMemory();
      const link = fileManager.generateMarkdownLink(created, this.#note.path, '', name);
      await writeSummary(this.#note.path, link, { place: 'top', replace: true }, await journal.begin(), {
        notes,
        journal,
      });
      if (withProperties) await this.#addProperties(created, summary);
      await workspace.getLeaf('tab').openFile(created);
    });
  }

  async #addProperties(file: TFile, { tags, line }: Summary): Promise<void> {
    await this.app.fileManager.processFrontMatter(file, (properties: Record<string, unknown>) => {
      properties['tags'] = mergeTags(asList(properties['tags']), tags);
      properties['summary'] = line;
    });
  }

  async #telling(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      const { message, advice } = this.#ports.explain(error);
      new Notice(`${message} ${advice}`, 10_000);
    }
  }
}

/** The tags of a note: a list, or words with commas or spaces between them. */
function asList(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' ? value.split(/[,\s]+/).filter((tag) => tag !== '') : [];
}
