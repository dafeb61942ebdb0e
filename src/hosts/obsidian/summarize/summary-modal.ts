import { type App, Modal, Notice, parseYaml, type TFile } from 'obsidian';
import { isCancelled, NotesightError } from '../../../core/errors.ts';
import { detectLanguage } from '../../../core/language/detect-language.ts';
import { fallbackLanguage } from '../../../core/language/language-code.ts';
import { takesYamlProperties } from '../../../core/markdown/frontmatter.ts';
import type { Explanation } from '../../../core/messages/explain.ts';
import { findImages } from '../../../core/note/find-images.ts';
import type { SectionPlace } from '../../../core/note/managed-section.ts';
import { sectionLevel } from '../../../core/summarize/section-level.ts';
import { summarizeNote, type Summary } from '../../../core/summarize/summarize-note.ts';
import { type SummaryPlace, summaryPlaces } from '../../../core/summarize/summary-places.ts';
import { writeProperties } from '../../../core/summarize/write-properties.ts';
import { writeSummary } from '../../../core/summarize/write-summary.ts';
import { settingsFor } from '../../../core/settings/folder-rules.ts';
import type { EditorAnswering } from '../../../editor/answering.ts';
import type { Captioner } from '../../../editor/captioner.ts';
import { errorText } from '../../../editor/notices.ts';
import { type AnswerView, createAnswerView } from '../../../ui/chat/answer-view.ts';
import { noteEditor } from '../chat/note-editor.ts';
import { obsidianRichText } from '../chat/rich-text.ts';
import type { Words } from '../messages/en.ts';
import { showError } from '../show-error.ts';
import { unusedPath } from '../unused-path.ts';

export interface SummaryPorts {
  readonly captioner: Captioner;
  readonly words: Words;
  readonly explain: (error: NotesightError) => Explanation;
  readonly open: (signal: AbortSignal) => Promise<EditorAnswering>;
}

/** Summarizes a note, shows the summary as it streams, and writes it where the user chooses. */
export class SummaryModal extends Modal {
  readonly #note: TFile;
  readonly #ports: SummaryPorts;
  readonly #controller = new AbortController();
  /** Position of the cursor: a UTF-16 offset, or null if the note has no editor. */
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
        rich: obsidianRichText,
        words: words.chat,
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
          language: settingsFor(settings(), path).language,
          fallbackLanguage: fallbackLanguage(null, captioner.ports.locale),
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
      status.addClass('mod-warning');
      status.setText(errorText(explain, error));
      return null;
    }
  }

  /** The places that can take the summary. An existing summary is replaced, wherever the new one goes. */
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
    const write = (place: SectionPlace, moves: boolean) =>
      this.#write(summary, { place, moves, withProperties: properties.checked });
    const cursor = this.#cursor;
    void captioner.ports.notes.read(this.#note.path).then((markdown) => {
      // Obsidian would put its YAML before frontmatter in another format, which would then become text.
      if (!takesYamlProperties(markdown)) toggle.hide();
      const { places, preferred, isEdited } = summaryPlaces(markdown, cursor !== null);
      if (isEdited)
        toggle.before(contentEl.createEl('p', { cls: 'mod-warning', text: words.summary.edited }));
      const runs: Readonly<Record<SummaryPlace, () => Promise<unknown>>> = {
        replace: () => write('top', false),
        top: () => write('top', true),
        bottom: () => write('bottom', true),
        cursor: () => write(cursor ?? 'top', true),
        newNote: () => this.#writeNewNote(summary, properties.checked, !isEdited),
      };
      for (const place of places)
        add(words.summary[place], runs[place], place === preferred ? 'mod-cta' : '');
      add(words.summary.copy, () => navigator.clipboard.writeText(summary.markdown));
      // The button with the focus was removed.
      buttons.querySelector<HTMLElement>('.mod-cta')?.focus();
    });
  }

  async #write(
    summary: Summary,
    how: { readonly place: SectionPlace; readonly moves: boolean; readonly withProperties: boolean },
  ): Promise<void> {
    const { place, moves, withProperties } = how;
    const { captioner, words } = this.#ports;
    const { notes, openVaultData } = captioner.ports;
    await this.#telling(async () => {
      const { journal } = await openVaultData();
      const { path } = this.#note;
      const properties = withProperties ? { ...summary, parseYaml } : null;
      const canAdd =
        properties === null || writeProperties(await notes.read(path), summary, parseYaml) !== null;
      // The user was warned about a manually edited summary and clicked anyway.
      const options = { place, moves, replace: true, properties };
      await writeSummary(path, summary.markdown, options, { notes, journal, batch: await journal.begin() });
      new Notice(canAdd ? words.summary.written : words.summary.writtenWithout);
    });
  }

  /** @param isLinked whether the link to the new note replaces an existing summary */
  async #writeNewNote(summary: Summary, withProperties: boolean, isLinked: boolean): Promise<void> {
    const { vault, fileManager, workspace } = this.app;
    const { captioner, words } = this.#ports;
    const { notes, openVaultData } = captioner.ports;
    await this.#telling(async () => {
      const folder = fileManager.getNewFileParent(this.#note.path).path;
      const name = words.summary.fileName(this.#note.basename);
      const path = unusedPath(vault, folder, name);
      const markdown = `${summary.markdown}\n`;
      const properties = withProperties ? writeProperties(markdown, summary, parseYaml) : null;
      const after = properties?.text ?? markdown;
      const { journal } = await openVaultData();
      const batch = await journal.begin();
      await journal.record(batch, path, [{ before: '', after, from: 0, kind: 'note' }]);
      const created = await vault.create(path, after);
      const link = fileManager.generateMarkdownLink(created, this.#note.path, '', name);
      const how = { place: 'top', replace: true, isLink: true } as const;
      if (isLinked) await writeSummary(this.#note.path, link, how, { notes, journal, batch });
      await workspace.getLeaf('tab').openFile(created);
    });
  }

  async #telling(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      showError(error, this.#ports.explain);
    }
  }
}
