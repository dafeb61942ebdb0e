import { type App, Notice } from 'obsidian';
import type { NotesightError } from '../../../core/errors.ts';
import type { Explanation } from '../../../core/messages/explain.ts';
import type { Download, ModelDownload } from '../../../editor/model-download.ts';
import type { Words } from '../messages/en.ts';

/** The model being downloaded on this device; if Obsidian quits, the next start offers to resume it. */
const KEY = 'notesight-download';

/** A download that is always visible: in the view that watches it, otherwise in a notice. */
export interface WatchedDownload extends ModelDownload {
  /** Offers to resume a download interrupted by quitting the app. */
  offerResume(): void;
  /** Stops the download when the plugin unloads; it can be resumed. */
  close(): void;
}

export function createWatchedDownload(
  app: App,
  download: ModelDownload,
  words: Words,
  explain: (error: NotesightError) => Explanation,
): WatchedDownload {
  const { download: said } = words;
  let viewers = 0;
  let notice: Notice | null = null;
  let text: HTMLElement | null = null;

  function forget(): void {
    app.saveLocalStorage(KEY, null);
  }

  function hide(): void {
    notice?.hide();
    notice = text = null;
  }

  const start = (model: string) => () => {
    download.start(model);
  };

  function ask(message: string, buttons: readonly (readonly [string, () => void])[]): void {
    hide();
    const content = createFragment();
    text = content.createDiv({ text: message, attr: { role: 'status' } });
    const row = content.createDiv({ cls: 'notesight-question' });
    for (const [label, run] of buttons) {
      row.createEl('button', { text: label }).addEventListener('click', () => {
        hide();
        run();
      });
    }
    notice = new Notice(content, 0);
  }

  function show(shown: Download): void {
    const message = downloadText(shown, words, explain);
    const { model, state } = shown;
    if (state === 'running' && text !== null) text.setText(message);
    else if (state === 'running') ask(message, [[said.stop, download.stop]]);
    else if (state === 'failed')
      ask(message, [
        [said.retry, start(model)],
        [said.close, hide],
      ]);
    else {
      hide();
      new Notice(message);
    }
  }

  const unwatch = download.watch((shown) => {
    if (shown.state !== 'running') forget();
    else if (shown.totalBytes === 0) app.saveLocalStorage(KEY, shown.model);
    if (viewers === 0) show(shown);
  });

  return {
    get current() {
      return download.current;
    },
    start: download.start,
    stop: download.stop,
    watch(listener) {
      const end = download.watch(listener);
      viewers++;
      hide();
      return () => {
        end();
        viewers--;
        if (viewers === 0 && download.current?.state === 'running') show(download.current);
      };
    },
    offerResume() {
      const model: unknown = app.loadLocalStorage(KEY);
      if (typeof model !== 'string') return;
      ask(said.interrupted(model), [
        [said.resume, start(model)],
        [said.notNow, forget],
      ]);
    },
    close() {
      unwatch();
      hide();
      download.stop();
    },
  };
}

/** The progress or outcome of a download, in one or two sentences. */
export function downloadText(
  shown: Download,
  { download: said }: Words,
  explain: (error: NotesightError) => Explanation,
): string {
  const { model } = shown;
  switch (shown.state) {
    case 'running': {
      const { completedBytes, totalBytes } = shown;
      return totalBytes === 0
        ? said.starting(model)
        : said.running(model, said.amount(completedBytes, totalBytes));
    }
    case 'done':
      return said.done(model);
    case 'stopped':
      return said.stopped;
    case 'failed': {
      const { message, advice } = explain(shown.error);
      return `${message} ${advice}`;
    }
  }
}
