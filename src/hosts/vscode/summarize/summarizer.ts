import { basename, extname } from 'node:path';
import { ProgressLocation, type TextDocument, window } from 'vscode';
import { abortSignal } from '../adapters/abort-signal.ts';
import type { Vaults } from '../adapters/vaults.ts';
import type { Disposable } from '../disposable.ts';
import type { Services } from '../services.ts';
import { offerSummary } from './offer-summary.ts';
import { streamSummary } from './stream-summary.ts';
import { createSummaryTabs } from './summary-tabs.ts';

/** Summarizes notes: shows the summary as it streams in a separate tab, then writes it where the user chooses. */
export interface Summarizer extends Disposable {
  summarize(document: TextDocument): Promise<void>;
}

export function createSummarizer(services: Services, vaults: Vaults): Summarizer {
  const { words, showError } = services;
  const tabs = createSummaryTabs();
  return {
    async summarize(document) {
      try {
        const work = services.workOf(await vaults.of(document.uri));
        const path = work.vault.pathOf(document.uri);
        const note = { path, markdown: document.getText(), work };
        const editor = window.visibleTextEditors.find((each) => each.document === document);
        const cursor = editor === undefined ? 0 : document.offsetAt(editor.selection.active);
        const options = { location: ProgressLocation.Notification, title: 'Notesight', cancellable: true };
        const summary = await window.withProgress(options, async (progress, token) => {
          const signal = abortSignal(token);
          const display = {
            show: await tabs.open(words.summary.title(basename(path, extname(path)))),
            report: (message: string) => {
              progress.report({ message });
            },
          };
          return streamSummary(note, services, display, signal);
        });
        if (summary === null) return;
        await offerSummary({ ...note, markdown: document.getText() }, cursor, summary, words);
      } catch (error) {
        showError(error);
      }
    },
    dispose: tabs.dispose,
  };
}
