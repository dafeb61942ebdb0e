import { type Uri, ViewColumn, window } from 'vscode';
import type { ReviewActions, ReviewChoice, ReviewView } from '../../../ui/review/review-view.ts';
import { workspaceFolders } from '../adapters/open-vaults.ts';
import { pageFolder, pageHtml } from '../adapters/page-html.ts';
import type { Services } from '../services.ts';
import { type FromReviewPage, parseFromReviewPage, type ToReviewPage } from './review-messages.ts';

/** A tab in the editor area with the list of a review. */
export interface ReviewPanel {
  readonly view: ReviewView;
  /** The URL of a file for the page. */
  fileUrl(file: Uri): string;
  close(): void;
}

/** The actions that a session carries out, and opening notes. */
type SessionActions = Omit<ReviewActions, 'skipAlways' | 'describeWith'>;

export interface PanelEvents {
  readonly actions: () => SessionActions;
  /** Lets the user choose the prompt for an image. @returns null if they chose none */
  readonly choosePrompt: (id: string) => Promise<string | null>;
  readonly closed: () => void;
}

/**
 * @param extension the folder of the extension
 * @param roots folders with images that the page may load besides those of the workspace
 */
export function openReviewPanel(
  extension: Uri,
  { words, log }: Pick<Services, 'words' | 'log'>,
  roots: readonly Uri[],
  events: PanelEvents,
): ReviewPanel {
  const panel = window.createWebviewPanel('notesight.review', words.review.title, ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [pageFolder(extension), ...workspaceFolders(), ...roots],
    // Rows that the user scrolled to and is typing in stay as they are while another tab is shown.
    retainContextWhenHidden: true,
  });
  const { webview } = panel;
  const choices: (readonly ReviewChoice[])[] = [];
  /** Messages until the page is ready; null from then on. */
  let waiting: ToReviewPage[] | null = [];

  function post(message: ToReviewPage): void {
    if (waiting === null) void webview.postMessage(message);
    else waiting.push(message);
  }

  function receive(message: FromReviewPage): void {
    if (message.type === 'ready') {
      const first = waiting ?? [];
      waiting = null;
      first.forEach(post);
    } else if (message.name === 'choose') {
      const [banner, index] = message.args;
      choices[banner]?.[index]?.run();
    } else if (message.name === 'describeWith') void choosePrompt(message.args[0]);
    else act(events.actions(), message);
  }

  async function choosePrompt(id: string): Promise<void> {
    const prompt = await events.choosePrompt(id);
    if (prompt !== null) post({ type: 'picked', id, prompt });
  }

  webview.onDidReceiveMessage((received: unknown) => {
    const message = parseFromReviewPage(received);
    if (message === null) log.warn('Ignored an unknown message from the review.');
    else receive(message);
  });
  panel.onDidDispose(() => {
    waiting = [];
    events.closed();
  });
  webview.html = pageHtml(webview, extension, {
    script: 'review.js',
    style: 'review-style.css',
    language: words.locale,
    images: 'data:',
    module: null,
  });
  return {
    view: viewOf(post, choices),
    fileUrl: (file) => webview.asWebviewUri(file).toString(),
    close() {
      panel.dispose();
    },
  };
}

type ReviewAction = Exclude<FromReviewPage, { type: 'ready' } | { name: 'choose' | 'describeWith' }>;

function act(actions: SessionActions, { name, args }: ReviewAction): void {
  (actions[name] as (...all: readonly unknown[]) => void)(...args);
}

function viewOf(post: (message: ToReviewPage) => void, choices: (readonly ReviewChoice[])[]): ReviewView {
  return {
    add(item) {
      post({ type: 'add', item });
    },
    update(id, outcome) {
      post({ type: 'update', id, outcome });
    },
    refined(id, outcome) {
      post({ type: 'refined', id, outcome });
    },
    remove(id) {
      post({ type: 'remove', id });
    },
    showProgress(progress) {
      post({ type: 'progress', progress });
    },
    showBanner(text, again, others) {
      const banner = choices.push([again, ...others]) - 1;
      post({ type: 'banner', banner, text, labels: [again.label, ...others.map(({ label }) => label)] });
    },
    focus() {
      post({ type: 'focus' });
    },
  };
}
