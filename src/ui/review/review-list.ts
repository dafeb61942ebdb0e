import { createAnnouncer } from '../announcer.ts';
import { element } from '../dom.ts';
import { keepInView } from '../keep-in-view.ts';
import { labelBy } from '../label-by.ts';
import type { ReviewItem, ReviewOutcome, ReviewRow, RowPart } from './review-row.ts';
import { createReviewRow } from './review-row.ts';
import type { ReviewCounts, ReviewWords } from './review-words.ts';

/** Decisions of the user, carried out by the host. */
export interface ReviewActions {
  /** Writes the alt text. If that fails, the item is added again with the error. */
  accept(items: readonly AcceptedItem[]): void;
  skip(ids: readonly string[]): void;
  /** The rows already show as waiting; an update provides the answer. */
  askAgain(ids: readonly string[]): void;
  /** @param text the text the user typed; null if the generated text was restored */
  edit(id: string, text: string | null): void;
  openNote(id: string): void;
}

export interface AcceptedItem {
  readonly id: string;
  /** A single line, never ''. */
  readonly alt: string;
}

/** The list in which the user reviews captions before they are written. */
export interface ReviewList {
  readonly counts: ReviewCounts;
  /** Adds an item at the end. An item that was done returns to the list; an existing one is updated. */
  add(item: ReviewItem): void;
  /** Does nothing if the item is done or the user edited it. */
  update(id: string, outcome: ReviewOutcome): void;
  /** Focuses the first item that is ready for a decision. */
  focus(): void;
  destroy(): void;
}

/** @param container limits the height; the rows scroll inside it */
export function createReviewList(
  container: HTMLElement,
  words: ReviewWords,
  actions: ReviewActions,
): ReviewList {
  const doc = container.ownerDocument;
  const rows = new Map<string, ReviewRow>();
  const byElement = new WeakMap<Element, ReviewRow>();
  const done = new Set<string>();
  const rowActions = {
    accept: (row: ReviewRow) => {
      accept([row]);
    },
    skip: (row: ReviewRow) => {
      skip([row]);
    },
    askAgain: (row: ReviewRow) => {
      askAgain([row]);
    },
    edit: (row: ReviewRow) => {
      actions.edit(row.id, row.edited ? row.alt : null);
      refresh();
    },
    openNote: (row: ReviewRow) => {
      actions.openNote(row.id);
    },
    move,
  };

  const summary = element(doc, 'div', 'notesight-counts');
  const acceptAll = button(words.acceptAll, () => {
    accept(acceptable());
  });
  acceptAll.classList.add('notesight-main-button');
  const skipAll = button(words.skipAll, () => {
    skip(openRows());
  });
  const askAgainForAll = button(words.askAgainForAll, () => {
    askAgainUnlessEdited([...inState('ready'), ...inState('failed')]);
  });
  const askAgainForFailed = button(words.askAgainForFailed, () => {
    askAgainUnlessEdited(inState('failed'));
  });
  const buttons = element(doc, 'div', 'notesight-buttons');
  buttons.append(acceptAll, skipAll, askAgainForAll, askAgainForFailed);
  const header = element(doc, 'div', 'notesight-review-header');
  /** Rows that were not regenerated because the user edited them. */
  const kept = new Set<ReviewRow>();
  const keptLine = element(doc, 'div', 'notesight-kept');
  const keptText = element(doc, 'span', '');
  const askAgainForEdited = button(words.askAgainForEdited, () => {
    askAgain([...kept]);
  });
  keptLine.append(keptText, askAgainForEdited);
  header.append(summary, buttons, keptLine);

  const list = element(doc, 'ul', 'notesight-rows');
  // Without bullets, Safari no longer exposes it as a list.
  list.role = 'list';
  const title = element(doc, 'span', '', words.list);
  title.hidden = true;
  labelBy(list, title);
  const allDone = element(doc, 'p', 'notesight-all-done', words.allDone);
  allDone.tabIndex = -1;
  const announcer = createAnnouncer(doc, () => (allDone.hidden ? words.counts(counts()) : words.allDone));

  const root = element(doc, 'div', 'notesight-review');
  root.append(header, title, list, allDone, keyHints(doc, words), announcer.element);
  container.append(root);
  refresh();

  return {
    get counts() {
      return counts();
    },
    add(item) {
      done.delete(item.id);
      const present = rows.get(item.id);
      if (present === undefined) {
        const row = createReviewRow(doc, item, words, rowActions);
        rows.set(item.id, row);
        byElement.set(row.element, row);
        // Images skipped earlier follow those that need a decision.
        const behind = row.state === 'skipped' ? undefined : inState('skipped')[0]?.element;
        list.insertBefore(row.element, behind ?? null);
      } else {
        show(present, item.outcome);
      }
      refresh();
      announcer.sayState();
    },
    update(id, outcome) {
      const row = rows.get(id);
      if (row === undefined) return;
      show(row, outcome);
      refresh();
      announcer.sayState();
    },
    focus() {
      const [first] = [...inState('ready'), ...rows.values()];
      if (first === undefined) allDone.focus();
      else reveal(first, 'text', 'end');
    },
    destroy() {
      announcer.destroy();
      root.remove();
    },
  };

  function button(label: string, onClick: () => void): HTMLButtonElement {
    const made = element(doc, 'button', 'notesight-button', label);
    made.type = 'button';
    made.addEventListener('click', onClick);
    return made;
  }

  function inState(state: ReviewOutcome['state']): ReviewRow[] {
    return [...rows.values()].filter((row) => row.state === state);
  }

  function openRows(): ReviewRow[] {
    return [...rows.values()].filter(({ state }) => state !== 'skipped');
  }

  /** The rows that "accept all" includes; rows with a warning must be accepted individually. */
  function acceptable(): ReviewRow[] {
    return inState('ready').filter((row) => !row.hasWarning);
  }

  function counts(): ReviewCounts {
    const tally = { ready: 0, waiting: 0, failed: 0, skipped: 0 };
    for (const { state } of rows.values()) tally[state]++;
    const { skipped, ...open } = tally;
    return { ...open, done: done.size + skipped };
  }

  /** Buttons keep their position and focus even when they have nothing to do. */
  function refresh(): void {
    const now = counts();
    summary.textContent = words.counts(now);
    acceptAll.ariaDisabled = String(acceptable().length === 0);
    const open = openRows().length;
    skipAll.ariaDisabled = String(open === 0);
    askAgainForAll.ariaDisabled = String(now.ready + now.failed === 0);
    askAgainForFailed.ariaDisabled = String(now.failed === 0);
    for (const row of kept) if (!row.edited || rows.get(row.id) !== row) kept.delete(row);
    keptLine.hidden = kept.size === 0;
    keptText.textContent = words.keptEdited(kept.size);
    allDone.hidden = open > 0 || now.done === 0;
  }

  function show(row: ReviewRow, outcome: ReviewOutcome): void {
    const active = list.ownerDocument.activeElement?.closest<HTMLElement>('.notesight-row');
    if (active && list.contains(active)) {
      keepInView(list, active, () => {
        row.show(outcome);
      });
    } else {
      row.show(outcome);
    }
  }

  function accept(candidates: readonly ReviewRow[]): void {
    const accepted = candidates.filter((row) => row.alt !== '');
    if (accepted.length === 0) return;
    const items = accepted.map(({ id, alt }) => ({ id, alt }));
    finish(accepted);
    announcer.say(words.accepted(items.length));
    actions.accept(items);
  }

  function skip(candidates: readonly ReviewRow[]): void {
    const skipped = candidates.filter(({ state }) => state !== 'skipped');
    if (skipped.length === 0) return;
    finish(skipped);
    announcer.say(words.skipped(skipped.length));
    actions.skip(skipped.map(({ id }) => id));
  }

  /** One click must not replace edited text: these rows are reported, and a second button includes them. */
  function askAgainUnlessEdited(candidates: readonly ReviewRow[]): void {
    for (const row of candidates) if (row.edited) kept.add(row);
    refresh();
    if (kept.size > 0) announcer.say(words.keptEdited(kept.size));
    askAgain(candidates.filter((row) => !row.edited));
  }

  function askAgain(asked: readonly ReviewRow[]): void {
    if (asked.length === 0) return;
    for (const row of asked) row.wait();
    refresh();
    announcer.sayState();
    actions.askAgain(asked.map(({ id }) => id));
  }

  function finish(finished: readonly ReviewRow[]): void {
    for (const { id } of finished) {
      rows.delete(id);
      done.add(id);
    }
    refresh();
    // Move the focus before its row is removed, so that screen readers and on-screen keyboards keep it.
    const left = finished.find((row) => row.focusedPart() !== null);
    const part = left?.focusedPart() ?? 'row';
    const next =
      left && [neighbour(left, 'down'), neighbour(left, 'up')].find((row) => row && row.state !== 'skipped');
    if (next) next.focus(part, 'end');
    else if (left) allDone.focus();
    for (const row of finished) row.element.remove();
    next?.element.scrollIntoView({ block: 'nearest' });
  }

  function move(from: ReviewRow, to: 'up' | 'down'): void {
    const next = neighbour(from, to);
    // Put the caret at the far end of the text, so that the same key moves on to the next row.
    if (next) reveal(next, from.focusedPart() ?? 'row', to === 'down' ? 'end' : 'start');
  }

  function reveal(row: ReviewRow, part: RowPart, caret: 'start' | 'end'): void {
    row.focus(part, caret);
    row.element.scrollIntoView({ block: 'nearest' });
  }

  /** The next row in this direction that is still in the list. */
  function neighbour(of: ReviewRow, to: 'up' | 'down'): ReviewRow | null {
    let place: Element | null = of.element;
    do {
      place = to === 'down' ? place.nextElementSibling : place.previousElementSibling;
      const row = place && byElement.get(place);
      if (row && rows.has(row.id)) return row;
    } while (place);
    return null;
  }
}

function keyHints(doc: Document, words: ReviewWords): HTMLElement {
  const footer = element(doc, 'div', 'notesight-hints');
  for (const { keys, does } of words.hints) {
    const hint = element(doc, 'span', 'notesight-hint');
    hint.append(...keys.map((key) => element(doc, 'kbd', 'notesight-key', key)), does);
    footer.append(hint);
  }
  return footer;
}
