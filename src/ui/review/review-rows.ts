import { element } from '../dom.ts';
import { keepInView } from '../keep-in-view.ts';
import { labelBy } from '../label-by.ts';
import type { ReviewItem, ReviewOutcome } from './review-item.ts';
import { createReviewRow, type ReviewRow, type RowActions } from './review-row.ts';
import type { ReviewCounts, ReviewWords } from './review-words.ts';
import type { RowPart } from './row-view.ts';

/** The rows of a review, and the focus among them. */
export interface ReviewRows {
  readonly element: HTMLElement;
  /** Names the list for screen readers. */
  readonly title: HTMLElement;
  get(id: string): ReviewRow | undefined;
  inState(state: ReviewOutcome['state']): ReviewRow[];
  /** The rows that need a decision. */
  open(): ReviewRow[];
  counts(): ReviewCounts;
  /** Adds an item at the end; an existing one is updated. */
  add(item: ReviewItem, actions: RowActions): void;
  /** @returns whether there is such a row */
  update(id: string, outcome: ReviewOutcome): boolean;
  remove(id: string): void;
  /**
   * Removes rows that are done, and moves their focus to a neighbor.
   * @param afterwards called when they no longer count
   * @param end focused if no row is left
   */
  finish(finished: readonly ReviewRow[], afterwards: () => void, end: HTMLElement): void;
  /** The next row in this direction that is still in the list. */
  neighbor(of: ReviewRow, to: 'up' | 'down'): ReviewRow | null;
  move(from: ReviewRow, to: 'up' | 'down'): void;
  /** Focuses the first row that is ready for a decision, or the end of the list. */
  focusFirst(end: HTMLElement): void;
}

export function createRows(doc: Document, words: ReviewWords): ReviewRows {
  const rows = new Map<string, ReviewRow>();
  const byElement = new WeakMap<Element, ReviewRow>();
  const done = new Set<string>();
  const list = element(doc, 'ul', 'notesight-rows');
  // Without bullets, Safari no longer exposes it as a list.
  list.role = 'list';
  const title = element(doc, 'span', '', words.list);
  title.hidden = true;
  labelBy(list, title);

  const inState = (state: ReviewOutcome['state']) => [...rows.values()].filter((row) => row.state === state);

  /** Keeps what the user looks at in its place. */
  function show(row: ReviewRow, outcome: ReviewOutcome): void {
    const active = doc.activeElement?.closest<HTMLElement>('.notesight-row');
    const update = () => {
      row.show(outcome);
    };
    if (active && list.contains(active)) keepInView(list, active, update);
    else update();
  }

  function neighbor(of: ReviewRow, to: 'up' | 'down'): ReviewRow | null {
    let place: Element | null = of.element;
    do {
      place = to === 'down' ? place.nextElementSibling : place.previousElementSibling;
      const row = place && byElement.get(place);
      if (row && rows.has(row.id)) return row;
    } while (place);
    return null;
  }

  return {
    element: list,
    title,
    get: (id) => rows.get(id),
    inState,
    open: () => [...rows.values()].filter(({ state }) => state !== 'skipped'),
    counts() {
      const tally = { ready: 0, waiting: 0, failed: 0, skipped: 0 };
      for (const { state } of rows.values()) tally[state]++;
      const { skipped, ...open } = tally;
      return { ...open, done: done.size + skipped };
    },
    add(item, actions) {
      done.delete(item.id);
      const present = rows.get(item.id);
      if (present !== undefined) {
        show(present, item.outcome);
        return;
      }
      const row = createReviewRow(doc, item, words, actions);
      rows.set(item.id, row);
      byElement.set(row.element, row);
      // Images skipped earlier follow those that need a decision.
      const behind = row.state === 'skipped' ? undefined : inState('skipped')[0]?.element;
      list.insertBefore(row.element, behind ?? null);
    },
    update(id, outcome) {
      const row = rows.get(id);
      if (row !== undefined) show(row, outcome);
      return row !== undefined;
    },
    remove(id) {
      rows.get(id)?.element.remove();
      rows.delete(id);
    },
    finish(finished, afterwards, end) {
      for (const { id } of finished) {
        rows.delete(id);
        done.add(id);
      }
      afterwards();
      // Move the focus before its row is removed, so that screen readers and on-screen keyboards keep it.
      const left = finished.find((row) => row.focusedPart() !== null);
      const part = left?.focusedPart() ?? 'row';
      const next =
        left && [neighbor(left, 'down'), neighbor(left, 'up')].find((row) => row && row.state !== 'skipped');
      if (next) next.focus(part, 'end');
      else if (left) end.focus();
      for (const row of finished) row.element.remove();
      next?.element.scrollIntoView({ block: 'nearest' });
    },
    neighbor,
    move(from, to) {
      const next = neighbor(from, to);
      // Put the caret at the far end of the text, so that the same key moves on to the next row.
      if (next) reveal(next, from.focusedPart() ?? 'row', to === 'down' ? 'end' : 'start');
    },
    focusFirst(end) {
      const [first] = [...inState('ready'), ...rows.values()];
      if (first === undefined) end.focus();
      else reveal(first, 'text', 'end');
    },
  };
}

function reveal(row: ReviewRow, part: RowPart, caret: 'start' | 'end'): void {
  row.focus(part, caret);
  row.element.scrollIntoView({ block: 'nearest' });
}
