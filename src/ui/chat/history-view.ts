import { element } from '../dom.ts';
import { labelBy } from '../label-by.ts';
import { button } from '../button.ts';
import type { ChatPast } from './chat-state.ts';
import type { ChatWords } from './chat-words.ts';

/** The earlier conversations about a note. */
export interface HistoryView {
  readonly element: HTMLElement;
  show(history: readonly ChatPast[]): void;
  focus(): void;
}

export interface HistoryActions {
  readonly open: (id: number) => void;
  readonly remove: (id: number) => void;
  readonly close: () => void;
}

export function createHistoryView(doc: Document, words: ChatWords, actions: HistoryActions): HistoryView {
  const root = element(doc, 'section', 'notesight-history');
  const title = element(doc, 'span', 'notesight-history-title', words.historyTitle);
  const close = button(doc, 'notesight-button', words.close, actions.close);
  const header = element(doc, 'div', 'notesight-image-header');
  header.append(title, close);
  const list = element(doc, 'ul', 'notesight-history-list');
  list.role = 'list';
  labelBy(list, title);
  root.append(header, list);
  let shown = '';
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    actions.close();
  });

  function row({ id, title: name, changed, questions }: ChatPast): HTMLElement {
    const line = element(doc, 'li', 'notesight-past');
    const open = button(doc, 'notesight-past-open', '', () => {
      actions.open(id);
    });
    const question = element(doc, 'span', 'notesight-past-title', name);
    question.dir = 'auto';
    const facts = [...(changed === 0 ? [] : [words.date(changed)]), words.questions(questions)].join(' · ');
    open.append(question, element(doc, 'span', 'notesight-past-facts', facts));
    const remove = button(doc, 'notesight-tool notesight-past-delete', '', () => {
      actions.remove(id);
    });
    remove.ariaLabel = words.deletePast(name);
    remove.title = remove.ariaLabel;
    line.append(open, remove);
    return line;
  }

  return {
    element: root,
    show(history) {
      const now = JSON.stringify(history);
      if (now === shown) return;
      shown = now;
      const focused = [...list.children].findIndex((line) => line.contains(doc.activeElement));
      const rows = history.map(row);
      list.replaceChildren(...rows);
      // After a deletion, focus the next row.
      if (focused >= 0) ((rows[focused] ?? rows.at(-1))?.querySelector('button') ?? close).focus();
    },
    focus() {
      (list.querySelector('button') ?? close).focus();
    },
  };
}
