import { type App, Notice } from 'obsidian';
import type { NotesightError } from '../../../core/errors.ts';
import type { Explanation } from '../../../core/messages/explain.ts';
import { type Download, type ModelDownload, progressText } from '../../../editor/model-download.ts';
import { errorText } from '../../../editor/notices.ts';
import type { Words } from '../messages/en.ts';
import { ProgressNotice } from '../progress-notice.ts';
import { type Choice, QuestionNotice } from '../question-notice.ts';

/** The model being downloaded on this device; if Obsidian quits, the next start offers to resume it. */
const KEY = 'notesight-download';

/** A download that is always visible: in the view that watches it, otherwise in a notice. */
export interface WatchedDownload extends ModelDownload {
  /** Offers to resume a download interrupted by quitting the app. */
  offerResume(): void;
  /** Shows the progress again if the user dismissed it. @returns whether they had */
  reveal(): boolean;
  /** Stops the download when the plugin unloads; it can be resumed. */
  readonly close: () => void;
}

export function createWatchedDownload(
  app: App,
  download: ModelDownload,
  words: Words,
  explain: (error: NotesightError) => Explanation,
): WatchedDownload {
  const { download: said } = words;
  const notice = new QuestionNotice();
  const progress = new ProgressNotice(words.work.progress, { label: said.stop, run: download.stop });
  let viewers = 0;

  function forget(): void {
    app.saveLocalStorage(KEY, null);
  }

  function startChoice(label: string, model: string): Choice {
    return {
      label,
      run() {
        download.start(model);
      },
    };
  }

  function ask(text: string, ...choices: readonly Choice[]): void {
    notice.show({ text, attr: { role: 'status' } }, ...choices);
  }

  function show(shown: Download): void {
    const message = downloadText(shown, words, explain);
    const { model, state } = shown;
    notice.hide();
    if (state === 'running') {
      progress.show(message, shown.totalBytes === 0 ? null : shown.completedBytes / shown.totalBytes);
      return;
    }
    progress.hide();
    if (state === 'failed')
      ask(message, startChoice(said.retry, model), { label: said.close, run: () => undefined });
    else new Notice(message);
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
      notice.hide();
      progress.hide();
      return () => {
        end();
        viewers--;
        if (viewers === 0 && download.current?.state === 'running') show(download.current);
      };
    },
    offerResume() {
      const model: unknown = app.loadLocalStorage(KEY);
      if (typeof model !== 'string') return;
      ask(said.interrupted(model), startChoice(said.resume, model), { label: said.notNow, run: forget });
    },
    reveal: () => progress.reveal(),
    close() {
      unwatch();
      notice.hide();
      progress.hide();
      download.stop();
    },
  };
}

/** The progress or outcome of a download, in one or two sentences. */
export function downloadText(
  shown: Download,
  words: Words,
  explain: (error: NotesightError) => Explanation,
): string {
  const { download: said } = words;
  const { model } = shown;
  switch (shown.state) {
    case 'running': {
      const progress = progressText(shown, words);
      return progress === '' ? said.starting(model) : said.running(model, progress);
    }
    case 'done':
      return said.done(model);
    case 'stopped':
      return said.stopped;
    case 'failed':
      return errorText(explain, shown.error);
  }
}
