import { type App, getLanguage, Modal } from 'obsidian';
import { isCancelled, NotesightError } from '../../../core/errors.ts';
import { fallbackLanguage } from '../../../core/language/language-code.ts';
import type { Explanation } from '../../../core/messages/explain.ts';
import type { ModelSources } from '../../../core/servers/server-pool.ts';
import type { CaptionerPorts } from '../../../editor/captioner.ts';
import { SAMPLE_SVG } from '../../../editor/sample-image.ts';
import { type Download, progressText } from '../../../editor/model-download.ts';
import { errorText } from '../../../editor/notices.ts';
import {
  askServers,
  connectedTo,
  type ServerAnswer,
  type Survey,
  surveyOf,
} from '../../../editor/survey-servers.ts';
import type { Words } from '../messages/en.ts';
import type { Choice } from '../question-notice.ts';
import { FIRST_MODEL } from './first-model.ts';
import { FirstRunStep, type StepContent } from './first-run-step.ts';
import type { WatchedDownload } from './watched-download.ts';

const GET_OLLAMA = 'https://ollama.com/download';

export interface FirstRunPorts {
  readonly words: Words;
  readonly explain: (error: NotesightError) => Explanation;
  readonly servers: () => ModelSources;
  readonly download: WatchedDownload;
  readonly captioner: { readonly ports: Pick<CaptionerPorts, 'openModel' | 'codec'> };
}

/** Guides a new user in three steps: a server, a model, and alt text for a sample image. */
export class FirstRunModal extends Modal {
  readonly #ports: FirstRunPorts;
  readonly #closed = new AbortController();
  readonly #server: FirstRunStep;
  readonly #model: FirstRunStep;
  readonly #tryIt: FirstRunStep;
  readonly #link: HTMLElement;
  readonly #sample: HTMLImageElement;
  #isReady = false;
  #checks = 0;

  constructor(app: App, ports: FirstRunPorts) {
    super(app);
    this.#ports = ports;
    const { firstRun } = ports.words;
    const { contentEl } = this;
    this.setTitle(firstRun.title);
    contentEl.createEl('p', { text: `${firstRun.intro} ${firstRun.privacy}` });
    const list = contentEl.createEl('ol', { cls: 'notesight-steps' });
    this.#server = new FirstRunStep(list, firstRun.server.title);
    this.#link = this.#server.actions.createEl('a', {
      cls: 'external-link',
      text: firstRun.server.get,
      href: GET_OLLAMA,
      attr: { target: '_blank' },
    });
    this.#model = new FirstRunStep(list, firstRun.model.title);
    this.#tryIt = new FirstRunStep(list, firstRun.tryIt.title);
    this.#sample = this.#tryIt.body.createEl('img', {
      cls: 'notesight-sample',
      attr: { src: `data:image/svg+xml,${encodeURIComponent(SAMPLE_SVG)}`, alt: firstRun.tryIt.sample },
    });
    contentEl.createEl('p', { text: `${firstRun.next} ${firstRun.undo}` });
    const buttons = contentEl.createDiv({ cls: 'modal-button-container' });
    buttons.createEl('button', { text: firstRun.close }).addEventListener('click', () => {
      this.close();
    });
  }

  override onOpen(): void {
    const { download } = this.#ports;
    const { signal } = this.#closed;
    const unwatch = download.watch((shown) => {
      this.#showDownload(shown);
    });
    signal.addEventListener('abort', unwatch);
    // The user comes back from installing or starting Ollama.
    const onFocus = () => {
      if (!this.#isReady && download.current?.state !== 'running') void this.#check();
    };
    this.modalEl.win.addEventListener('focus', onFocus, { signal });
    void this.#check();
  }

  /** A running download continues and is shown in a notice. */
  override onClose(): void {
    this.#closed.abort(new NotesightError('cancelled', 'closed'));
    this.contentEl.empty();
  }

  get #checkAgain(): Choice {
    return { label: this.#ports.words.firstRun.checkAgain, run: () => void this.#check() };
  }

  async #check(): Promise<void> {
    const { words, servers } = this.#ports;
    const check = ++this.#checks;
    this.#server.show({ state: 'busy', text: words.firstRun.server.checking, action: this.#checkAgain });
    try {
      const answers = await askServers(servers(), this.#closed.signal);
      // An earlier check may be answered later.
      if (check === this.#checks) this.#showAnswers(answers);
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      if (check === this.#checks && !isCancelled(error)) this.#showNoServer(error);
    }
  }

  /** @throws NotesightError if no server responded */
  #showAnswers(answers: readonly ServerAnswer[]): void {
    const { words, download } = this.#ports;
    const survey = surveyOf(answers);
    const [connected] = answers.flatMap(({ host, value }) =>
      value === null ? [] : { host, api: value.api },
    );
    if (connected === undefined) return;
    this.#link.hide();
    this.#server.show({ state: 'done', text: connectedTo(connected, words) });
    const { current } = download;
    if (current?.state === 'running') this.#showDownload(current);
    else this.#showModel(survey, connected.host);
  }

  #showNoServer(error: NotesightError): void {
    const { words, explain } = this.#ports;
    const { server, model } = words.firstRun;
    const text =
      error.code === 'server_down' ? `${explain(error).message} ${server.advice}` : errorText(explain, error);
    this.#link.show();
    this.#server.show({ state: 'failed', text, action: this.#checkAgain });
    this.#model.show({ state: 'waiting', text: model.size(FIRST_MODEL) });
    this.#tryIt.show({ state: 'waiting', text: '' });
  }

  #showModel({ best, models, canPull }: Survey, host: string): void {
    const { words, explain } = this.#ports;
    const { model } = words.firstRun;
    // The image support of a model may be unknown until it is used.
    if (best !== null || models.some(({ guessed }) => guessed)) {
      this.#isReady = true;
      const { hasFocus } = this.#model;
      this.#model.show({ state: 'done', text: best === null ? words.servers.unknown : model.ready(best) });
      this.#showTry({ state: 'current', text: '' });
      if (hasFocus) this.#tryIt.focus();
      return;
    }
    this.#tryIt.show({ state: 'waiting', text: '' });
    if (canPull) {
      const text = model.size(FIRST_MODEL);
      this.#model.show({ state: 'current', text, action: this.#start(model.download(FIRST_MODEL)) });
    } else {
      const none = new NotesightError('no_vision_model', 'none can see', { data: { host, api: 'openai' } });
      this.#model.show({ state: 'failed', text: errorText(explain, none), action: this.#checkAgain });
    }
  }

  #start(label: string): Choice {
    const { download } = this.#ports;
    return {
      label,
      run() {
        download.start(FIRST_MODEL.name);
      },
    };
  }

  #showDownload(shown: Download): void {
    const { words, explain, download } = this.#ports;
    const { download: said, firstRun } = words;
    switch (shown.state) {
      case 'running': {
        const { model, completedBytes, totalBytes } = shown;
        this.#model.show({
          state: 'busy',
          text: progressText(shown, words) || said.starting(model),
          progress: totalBytes === 0 ? 0 : completedBytes / totalBytes,
          action: { label: firstRun.cancel, run: download.stop },
        });
        break;
      }
      case 'done':
        void this.#check();
        break;
      case 'stopped':
        this.#model.show({ state: 'current', text: said.stopped, action: this.#start(said.resume) });
        break;
      case 'failed': {
        const text = errorText(explain, shown.error);
        this.#model.show({ state: 'failed', text, action: this.#start(said.retry) });
      }
    }
  }

  #showTry(content: Omit<StepContent, 'action'>): void {
    const { words } = this.#ports;
    const { tryIt } = words.firstRun;
    const label = content.state === 'failed' ? words.download.retry : tryIt.run;
    this.#tryIt.show({ ...content, action: { label, run: () => void this.#try() } });
  }

  async #try(): Promise<void> {
    const { words, explain } = this.#ports;
    const { tryIt, cancel } = words.firstRun;
    const stop = new AbortController();
    const action = {
      label: cancel,
      run() {
        stop.abort(new NotesightError('cancelled', 'stopped'));
      },
    };
    this.#tryIt.show({ state: 'busy', text: tryIt.running, action });
    try {
      const alt = await this.#describe(AbortSignal.any([this.#closed.signal, stop.signal]));
      this.#sample.alt = alt;
      this.#showTry({ state: 'done', text: tryIt.result(alt) });
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      if (isCancelled(error)) this.#showTry({ state: 'current', text: '' });
      else this.#showTry({ state: 'failed', text: errorText(explain, error) });
    }
  }

  /** @returns the alt text of the sample in the language of the interface */
  async #describe(signal: AbortSignal): Promise<string> {
    const { openModel, codec } = this.#ports.captioner.ports;
    const model = await openModel(signal);
    const image = await codec.fit(new TextEncoder().encode(SAMPLE_SVG), model.inputSize, signal);
    const language = fallbackLanguage(null, getLanguage());
    return (await model.describe(image, { language, noteTitle: '', before: '', after: '' }, signal)).alt;
  }
}
