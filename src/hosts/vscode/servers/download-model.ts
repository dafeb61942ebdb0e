import { ProgressLocation, window } from 'vscode';
import type { ModelSources } from '../../../core/servers/server-pool.ts';
import { createModelDownload, type Download, progressText } from '../../../editor/model-download.ts';
import type { Services } from '../services.ts';

/**
 * Downloads a model with its progress in a notification, and offers to retry if it fails. There is one download at a
 * time; a running one is already visible.
 */
export type DownloadModel = (model: string) => Promise<void>;

export function createDownloadModel(
  { words, explain }: Services,
  sources: () => Promise<ModelSources>,
): DownloadModel {
  const download = createModelDownload(sources);

  /** Starts the download and reports its progress. @returns its outcome */
  async function run(model: string): Promise<Download> {
    const options = {
      location: ProgressLocation.Notification,
      title: words.server.pulling(model),
      cancellable: true,
    };
    return window.withProgress(options, (progress, token) => {
      token.onCancellationRequested(download.stop);
      return new Promise<Download>((resolve) => {
        let reported = 0;
        const unwatch = download.watch((shown) => {
          if (shown.state !== 'running') {
            unwatch();
            resolve(shown);
          } else if (shown.totalBytes > 0) {
            const { completedBytes, totalBytes } = shown;
            const percent = Math.floor((100 * completedBytes) / totalBytes);
            progress.report({ message: progressText(shown, words), increment: percent - reported });
            reported = percent;
          }
        });
        download.start(model);
      });
    });
  }

  return async function downloadModel(model) {
    const { current } = download;
    if (current?.state === 'running') {
      void window.showInformationMessage(words.download.starting(current.model));
      return;
    }
    const end = await run(model);
    if (end.state === 'done') void window.showInformationMessage(words.server.pulled(model));
    if (end.state !== 'failed') return;
    const { message, advice } = explain(end.error);
    const retry = await window.showErrorMessage(`${message} ${advice}`, words.download.retry);
    if (retry !== undefined) await downloadModel(model);
  };
}
