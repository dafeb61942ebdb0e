import { ProgressLocation, window } from 'vscode';
import { statusText } from '../../../editor/status-text.ts';
import { abortSignal } from '../adapters/abort-signal.ts';
import type { Services } from '../services.ts';

/** Runs with the progress in the status bar for one image, in a notification that can cancel it for several. */
export async function withBatchProgress<T>(
  services: Services,
  images: number,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { words } = services;
  const location = images > 1 ? ProgressLocation.Notification : ProgressLocation.Window;
  const options = { location, title: words.batch.title, cancellable: true };
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
