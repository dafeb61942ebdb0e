import { commands, env, type TextEditor, Uri, type WebviewPanel, window, workspace } from 'vscode';
import { isCancelled, NotesightError } from '../../../core/errors.ts';
import { findImages } from '../../../core/note/find-images.ts';
import { findSections, type SectionPlace } from '../../../core/note/managed-section.ts';
import type { Summary } from '../../../core/summarize/summarize-note.ts';
import { type SummaryPlace, summaryPlaces } from '../../../core/summarize/summary-places.ts';
import { errorText } from '../../../editor/notices.ts';
import type { Disposable } from '../disposable.ts';
import { errorActions } from '../servers/error-actions.ts';
import type { Services } from '../services.ts';
import { showInNote } from '../show-in-note.ts';
import type { KeptSummaries } from './kept-summaries.ts';
import { saveInNewNote, saveInNote, type SummarizedNote } from './save-summary.ts';
import { streamSummary } from './stream-summary.ts';
import { openSummaryPage, type SummaryAction, type SummaryPanel } from './summary-panel.ts';

export interface SessionPorts {
  readonly services: Services;
  readonly kept: KeptSummaries;
  /** The folder of the extension. */
  readonly extension: Uri;
  readonly closed: () => void;
}

/** What can be chosen below a summary. */
interface Choice {
  readonly id: string;
  readonly label: string;
  readonly run: () => void;
}

/** The summary of a note in a tab: streams it, and writes it when and where the user chooses. */
export class SummarySession {
  readonly #note: SummarizedNote;
  readonly #uri: Uri;
  readonly #ports: SessionPorts;
  readonly #page: SummaryPanel;
  readonly #listeners: readonly Disposable[];
  #running: AbortController | null = null;
  /** The summary so far. */
  #streamed = { text: '', images: 0 };
  #status: string;
  #problem: NotesightError | null = null;
  #choices: readonly Choice[] = [];
  /** Whether the user was warned that the existing summary was edited by hand. */
  #isWarned = false;
  #lastDraw = 0;
  #isClosed = false;

  /** @param panel new or restored */
  constructor(panel: WebviewPanel, note: SummarizedNote, ports: SessionPorts) {
    const { services, kept, extension } = ports;
    this.#note = note;
    this.#uri = note.work.vault.uriOf(note.path);
    this.#ports = ports;
    this.#status = kept.of(this.#uri) === null ? services.words.summaries.unfinished : '';
    this.#page = openSummaryPage(panel, extension, services, {
      onAction: (action) => {
        this.#act(action);
      },
      onClosed: () => {
        this.#end();
      },
    });
    this.#listeners = [
      workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.toString() === this.#uri.toString()) void this.#draw();
      }),
      window.onDidChangeVisibleTextEditors(() => void this.#draw()),
    ];
    void this.#draw();
  }

  /** Summarizes the note, unless that is already running. */
  start(): void {
    if (this.#running === null) void this.#run(new AbortController());
  }

  /** Shows the tab. */
  reveal(): void {
    this.#page.reveal();
  }

  #end(): void {
    this.#isClosed = true;
    this.#running?.abort(new NotesightError('cancelled', 'closed'));
    for (const listener of this.#listeners) listener.dispose();
    this.#ports.closed();
  }

  /** @returns null if the note can't be read */
  async #read(): Promise<string | null> {
    return this.#note.work.captioner.ports.notes.read(this.#note.path).catch(() => null);
  }

  #editor(): TextEditor | undefined {
    return window.visibleTextEditors.find(({ document }) => document.uri.toString() === this.#uri.toString());
  }

  async #draw(): Promise<void> {
    const request = ++this.#lastDraw;
    const { words } = this.#ports.services;
    const summary = this.#running === null ? this.#ports.kept.of(this.#uri) : null;
    const markdown = summary === null ? null : await this.#read();
    if (request !== this.#lastDraw || this.#isClosed) return;
    const offered = markdown === null ? null : summaryPlaces(markdown, this.#editor() !== undefined);
    this.#isWarned = offered?.isEdited === true;
    this.#choices =
      this.#running === null ? this.#choicesFor(summary, offered?.places ?? []) : [this.#stop()];
    const main = offered?.preferred ?? this.#choices[0]?.id;
    this.#page.draw({
      note: this.#uri.toString(),
      ...(summary === null ? this.#streamed : { text: summary.shown, images: summary.images }),
      status: this.#statusOf(summary),
      warning: this.#isWarned ? words.summary.edited : '',
      buttons: this.#choices.map(({ id, label }) => ({ id, label, isMain: id === main })),
    });
  }

  #statusOf(summary: Summary | null): string {
    if (this.#problem !== null) return errorText(this.#ports.services.explain, this.#problem);
    if (summary === null || this.#status !== '') return this.#status;
    return [summary.line, ...summary.tags.map((tag) => `#${tag}`)].join(' ');
  }

  #stop(): Choice {
    return {
      id: 'stop',
      label: this.#ports.services.words.summary.stop,
      run: () => this.#running?.abort(new NotesightError('cancelled', 'stopped')),
    };
  }

  #choicesFor(summary: Summary | null, places: readonly SummaryPlace[]): readonly Choice[] {
    const { summary: labels, summaries, errorActions: actionLabels } = this.#ports.services.words;
    const help = this.#problem === null ? [] : errorActions(this.#problem);
    return [
      ...help.map(({ label, command, args }) => ({
        id: command,
        label: actionLabels[label],
        run: () => void commands.executeCommand(command, ...args),
      })),
      ...places.map((place) => ({ id: place, label: labels[place], run: () => void this.#write(place) })),
      ...(summary === null
        ? []
        : [{ id: 'copy', label: labels.copy, run: () => void env.clipboard.writeText(summary.markdown) }]),
      {
        id: 'again',
        label: summaries.again,
        run: () => {
          this.start();
        },
      },
    ];
  }

  async #write(place: SummaryPlace): Promise<void> {
    const { services, kept } = this.#ports;
    const summary = kept.of(this.#uri);
    if (summary === null) return;
    try {
      await this.#save(place, summary);
      kept.drop(this.#uri);
      this.#page.close();
      void window.setStatusBarMessage(services.words.summary.written, 5000);
    } catch (error) {
      services.showError(error);
      void this.#draw();
    }
  }

  /** @throws NotesightError `section_edited` if the summary in the note was edited after the buttons were shown */
  async #save(place: SummaryPlace, { markdown }: Summary): Promise<void> {
    if (place === 'newNote') {
      const isEdited = findSections((await this.#read()) ?? '')[0]?.isEdited === true;
      await saveInNewNote(this.#note, markdown, !isEdited, this.#ports.services.words);
      return;
    }
    const at = place === 'cursor' ? this.#cursor() : place === 'bottom' ? 'bottom' : 'top';
    await saveInNote(this.#note, markdown, {
      place: at,
      moves: place !== 'replace',
      replace: this.#isWarned,
    });
  }

  #cursor(): SectionPlace {
    const editor = this.#editor();
    return editor === undefined ? 'top' : editor.document.offsetAt(editor.selection.active);
  }

  #act(action: SummaryAction): void {
    const [given] = action.args;
    if (action.name === 'press') this.#choices.find(({ id }) => id === given)?.run();
    else if (action.name === 'openLink') void env.openExternal(Uri.parse(action.args[0], true));
    else void this.#showImage(action.args[0]);
  }

  /** Selects an image in the note. The numbers don't count images in an existing summary. */
  async #showImage(number: number): Promise<void> {
    const text = await this.#read();
    if (text === null) return;
    const sections = findSections(text);
    const embeds = findImages(text).filter((embed) =>
      sections.every(({ from, to }) => embed.to <= from || embed.from >= to),
    );
    const embed = embeds[number - 1];
    if (embed !== undefined) await showInNote(this.#uri, embed.from, embed.to);
  }

  async #run(controller: AbortController): Promise<void> {
    const { services, kept } = this.#ports;
    const { words, log } = services;
    this.#running = controller;
    this.#problem = null;
    this.#streamed = { text: '', images: 0 };
    const report = (message: string) => {
      this.#status = message;
      void this.#draw();
    };
    report(words.summary.writing);
    try {
      const markdown = await this.#note.work.captioner.ports.notes.read(this.#note.path);
      const images = findImages(markdown).length;
      const show = (text: string) => {
        this.#streamed = { text, images };
        report('');
      };
      const note = { ...this.#note, markdown };
      const summary = await streamSummary(note, services, { show, report }, controller.signal);
      if (summary !== null) kept.keep(this.#uri, summary);
      this.#status = '';
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      log.warn(`${error.code}: ${error.message}`);
      this.#status = words.batch.stopped;
      this.#problem = isCancelled(error) ? null : error;
    } finally {
      this.#running = null;
      void this.#draw();
    }
  }
}
