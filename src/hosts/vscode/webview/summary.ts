import { createAnswerView } from '../../../ui/chat/answer-view.ts';
import { button } from '../../../ui/button.ts';
import { chatEn } from '../../../ui/chat/chat-en.ts';
import { chatRu } from '../../../ui/chat/chat-ru.ts';
import { element, viewRoot } from '../../../ui/dom.ts';
import type {
  FromSummaryPage,
  SummaryButton,
  SummaryState,
  ToSummaryPage,
} from '../summarize/summary-messages.ts';
import { createLazyRichText } from './lazy-rich-text.ts';
import { vscode } from './vscode-api.ts';

function post(message: FromSummaryPage): void {
  vscode.postMessage(message);
}

const words = document.documentElement.lang === 'ru' ? chatRu : chatEn;
const root = viewRoot(document, 'notesight-chat notesight-summary');
const status = element(document, 'p', 'notesight-turn-status');
status.role = 'status';
const view = createAnswerView(
  {
    doc: document,
    reference(image) {
      const link = button(document, 'notesight-reference', `[${image}]`, () => {
        post({ type: 'act', name: 'openImage', args: [image] });
      });
      link.ariaLabel = words.goTo(image, '');
      return link;
    },
    rich: createLazyRichText(document.body.dataset['module'] ?? ''),
    words,
    openLink(url) {
      post({ type: 'act', name: 'openLink', args: [url] });
    },
  },
  words.showRest,
);
const text = element(document, 'div', 'notesight-summary-text');
text.append(view.element);
const warning = element(document, 'p', 'notesight-warning');
warning.role = 'alert';
const buttons = element(document, 'div', 'notesight-buttons');
root.append(status, text, warning, buttons);
document.body.append(root);
let shownButtons = '';

function buttonOf({ id, label, isMain }: SummaryButton): HTMLElement {
  const className = isMain ? 'notesight-button notesight-main-button' : 'notesight-button';
  const made = button(document, className, label, () => {
    post({ type: 'act', name: 'press', args: [id] });
  });
  made.dataset['id'] = id;
  return made;
}

/** Keeps the focus, or moves it to the default choice if its button is gone. */
function showButtons(next: readonly SummaryButton[]): void {
  const key = JSON.stringify(next);
  if (key === shownButtons) return;
  shownButtons = key;
  const focused = document.activeElement;
  const id = focused instanceof HTMLElement && buttons.contains(focused) ? focused.dataset['id'] : undefined;
  const isIdle = focused === null || focused === document.body || id !== undefined;
  buttons.replaceChildren(...next.map(buttonOf));
  const same = [...buttons.children].find((each) => each instanceof HTMLElement && each.dataset['id'] === id);
  const target = same ?? buttons.querySelector('.notesight-main-button');
  if (isIdle && document.hasFocus() && target instanceof HTMLElement) target.focus();
}

function show(state: SummaryState): void {
  vscode.setState({ note: state.note });
  status.textContent = state.status;
  status.hidden = state.status === '';
  view.show(state.text, state.images);
  warning.textContent = state.warning;
  warning.hidden = state.warning === '';
  showButtons(state.buttons);
}

window.addEventListener('message', ({ data }: MessageEvent<ToSummaryPage>) => {
  show(data.state);
});
post({ type: 'ready' });
