import { type App, Modal } from 'obsidian';
import { NotesightError } from '../../../core/errors.ts';
import type { Explanation } from '../../../core/messages/explain.ts';
import type { ModelSources } from '../../../core/servers/server-pool.ts';
import type { Download } from '../../../editor/model-download.ts';
import { inWords } from '../../../editor/notices.ts';
import { surveyServers } from '../../../editor/survey-servers.ts';
import type { Words } from '../messages/en.ts';
import { downloadText, type WatchedDownload } from './watched-download.ts';

/** A small model that reads text in several languages and follows instructions. */
const FIRST_MODEL = 'gemma3:4b';

export interface FirstRunPorts {
  readonly words: Words;
  readonly explain: (error: NotesightError) => Explanation;
  readonly servers: () => ModelSources;
  readonly download: WatchedDownload;
}

/** The page that guides a new user to the first caption. */
export class FirstRunModal extends Modal {
  readonly #words: Words;
  readonly #explain: (error: NotesightError) => Explanation;
  readonly #servers: () => ModelSources;
  readonly #download: WatchedDownload;
  readonly #closed = new AbortController();
  #unwatch: (() => void) | null = null;

  constructor(app: App, { words, explain, servers, download }: FirstRunPorts) {
    super(app);
    this.#words = words;
    this.#explain = explain;
    this.#servers = servers;
    this.#download = download;
  }

  override onOpen(): void {
    const { firstRun } = this.#words;
    this.setTitle(firstRun.title);
    this.contentEl.createEl('p', { text: firstRun.intro });
    const steps = this.contentEl.createEl('ol');
    for (const step of Object.values(firstRun.steps)) steps.createEl('li', { text: step });
    this.contentEl.createEl('p', { text: `${firstRun.privacy} ${firstRun.undo}` });
    const said = this.contentEl.createEl('p', { cls: 'notesight-test', attr: { role: 'status' } });
    const buttons = this.contentEl.createDiv({ cls: 'modal-button-container' });
    const button = (text: string, run: () => void) => {
      const element = buttons.createEl('button', { text });
      element.addEventListener('click', run);
      return element;
    };

    const isRunning = () => this.#download.current?.state === 'running';
    const pull = button(firstRun.pull(FIRST_MODEL), () => {
      if (isRunning()) this.#download.stop();
      else this.#download.start(FIRST_MODEL);
    });
    const show = (download: Download) => {
      pull.setText(isRunning() ? this.#words.download.stop : firstRun.pull(FIRST_MODEL));
      pull.toggle(download.state !== 'done');
      said.setText(
        download.state === 'done'
          ? firstRun.ready(download.model)
          : downloadText(download, this.#words, this.#explain),
      );
    };
    this.#unwatch = this.#download.watch(show);
    const check = () => {
      if (this.#download.current !== null && isRunning()) {
        show(this.#download.current);
        return;
      }
      said.setText(firstRun.checking);
      void this.#inWords(said, async () => {
        const { best, canPull } = await surveyServers(this.#servers(), this.#closed.signal);
        pull.toggle(best === null && canPull);
        return best === null ? firstRun.noModel : firstRun.ready(best);
      });
    };
    pull.hide();
    button(firstRun.checkAgain, check);
    button(firstRun.close, () => {
      this.close();
    }).addClass('mod-cta');
    check();
  }

  /** A running download continues and is shown in a notice. */
  override onClose(): void {
    this.#unwatch?.();
    this.#closed.abort(new NotesightError('cancelled', 'closed'));
    this.contentEl.empty();
  }

  async #inWords(said: HTMLElement, work: () => Promise<string>): Promise<void> {
    said.setText(await inWords(this.#explain, work));
  }
}
