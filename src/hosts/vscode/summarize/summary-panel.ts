import { type Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { pageFolder, pageHtml } from '../adapters/page-html.ts';
import type { Services } from '../services.ts';
import { SUMMARY_PANEL } from './panel-type.ts';
import {
  type FromSummaryPage,
  parseFromSummaryPage,
  type SummaryState,
  type ToSummaryPage,
} from './summary-messages.ts';

/** A tab in the editor area that shows a summary. */
export interface SummaryPanel {
  draw(state: SummaryState): void;
  reveal(): void;
  close(): void;
}

export type SummaryAction = Extract<FromSummaryPage, { type: 'act' }>;

export interface SummaryPanelEvents {
  readonly onAction: (action: SummaryAction) => void;
  readonly onClosed: () => void;
}

/** Opens an empty tab beside the active one. */
export function newSummaryPanel(title: string): WebviewPanel {
  return window.createWebviewPanel(SUMMARY_PANEL, title, ViewColumn.Beside);
}

/**
 * Shows the page in a new or restored tab.
 * @param extension the folder of the extension
 */
export function openSummaryPage(
  panel: WebviewPanel,
  extension: Uri,
  { words, log }: Pick<Services, 'words' | 'log'>,
  { onAction, onClosed }: SummaryPanelEvents,
): SummaryPanel {
  const { webview } = panel;
  let shown: SummaryState | null = null;

  function post(): void {
    if (shown === null) return;
    const message: ToSummaryPage = { type: 'state', state: shown };
    void webview.postMessage(message);
  }

  webview.options = { enableScripts: true, localResourceRoots: [pageFolder(extension)] };
  webview.onDidReceiveMessage((received: unknown) => {
    const message = parseFromSummaryPage(received);
    if (message === null) log.warn('Ignored an unknown message from the summary.');
    else if (message.type === 'ready') post();
    else onAction(message);
  });
  panel.onDidDispose(onClosed);
  webview.html = pageHtml(webview, extension, {
    script: 'summary.js',
    style: 'summary-style.css',
    language: words.locale,
    images: 'data:',
    module: 'rich-text.js',
  });
  return {
    draw(state) {
      shown = state;
      post();
    },
    reveal() {
      panel.reveal();
    },
    close() {
      panel.dispose();
    },
  };
}
