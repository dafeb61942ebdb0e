import { ProgressLocation, window } from 'vscode';
import { statusText } from '../../../editor/status-text.ts';
import { abortSignal } from '../adapters/abort-signal.ts';
import type { Services } from '../services.ts';

/** Runs with the progress of several images in a notification that can cancel it; the status bar shows that of one. */
export async function withBatchProgress<T>(
  services: Services,
  images: number,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (images <= 1) return run(new AbortController().signal);
  const { words } = services;
  const options = { location: ProgressLocation.Notification, title: words.batch.title, cancellable: true };
  return window.withProgress(options, async (progress, token) => {
    let reported = 0;
    const report = services.onProgress(() => {
      const state = services.progress();
      if (state === null) return;
      const { text, timeLeft } = statusText({ ...state, now: Date.now() });
      const left = timeLeft === null || timeLeft === 0 ? '' : ` · ${words.status.timeLeft(timeLeft / 1000)}`;
      progress.report({
        message: text + left,
        increment: (100 * (state.done - reported)) / Math.max(1, images),
      });
      reported = state.done;
    });
    try {
      return await run(abortSignal(token));
    } finally {
      report.dispose();
    }
  });
}
