import { showPageMenu } from '../../../ui/menu/show-page-menu.ts';
import { reviewEn } from '../../../ui/review/review-en.ts';
import { createReviewList } from '../../../ui/review/review-list.ts';
import { reviewRu } from '../../../ui/review/review-ru.ts';
import type { ReviewChoice } from '../../../ui/review/review-view.ts';
import type { FromReviewPage, ToReviewPage } from '../review/review-messages.ts';
import { vscode } from './vscode-api.ts';

type ReviewAction = Extract<FromReviewPage, { type: 'act' }>;

/** Sends an action of the user to the extension. */
function post<Name extends ReviewAction['name']>(
  name: Name,
  ...args: Extract<ReviewAction, { name: Name }>['args']
): void {
  vscode.postMessage({ type: 'act', name, args });
}

const words = document.documentElement.lang === 'ru' ? reviewRu : reviewEn;
/** The image whose prompt the user is choosing. */
let picking: { readonly id: string; readonly picked: (prompt: string) => void } | null = null;
const list = createReviewList(
  document.body,
  words,
  {
    accept(items) {
      post('accept', [...items]);
    },
    skip(ids) {
      post('skip', [...ids]);
    },
    skipAlways: null,
    askAgain(ids, prompt) {
      if (prompt === undefined) post('askAgain', [...ids]);
      else post('askAgain', [...ids], prompt);
    },
    describeWith: {
      label: words.describeWith,
      pick(id, picked) {
        picking = { id, picked };
        post('describeWith', id);
      },
    },
    refine(id, refinement) {
      post('refine', id, refinement);
    },
    edit(id, text) {
      post('edit', id, text);
    },
    openNote(id) {
      post('openNote', id);
    },
    pause() {
      post('pause');
    },
    resume() {
      post('resume');
    },
    stop() {
      post('stop');
    },
  },
  showPageMenu,
);

function showBanner({ banner, text, labels }: Extract<ToReviewPage, { type: 'banner' }>): void {
  const choice = (label: string, index: number): ReviewChoice => ({
    label,
    run() {
      post('choose', banner, index);
    },
  });
  const [again, ...others] = labels;
  list.showBanner(
    text,
    choice(again, 0),
    others.map((label, index) => choice(label, index + 1)),
  );
}

window.addEventListener('message', ({ data }: MessageEvent<ToReviewPage>) => {
  switch (data.type) {
    case 'add':
      list.add(data.item);
      break;
    case 'update':
      list.update(data.id, data.outcome);
      break;
    case 'refined':
      list.refined(data.id, data.outcome);
      break;
    case 'picked':
      if (picking?.id === data.id) picking.picked(data.prompt);
      picking = null;
      break;
    case 'remove':
      list.remove(data.id);
      break;
    case 'progress':
      list.showProgress(data.progress);
      break;
    case 'banner':
      showBanner(data);
      break;
    case 'focus':
      list.focus();
      break;
  }
});
vscode.postMessage({ type: 'ready' });
