import { createAnnouncer } from '../announcer.ts';
import type { SkipReason } from '../../core/storage/skipped-images.ts';
import { element, viewRoot } from '../dom.ts';
import type { MenuEntry, ShowMenu } from '../menu/menu.ts';
import { createReviewBanner } from './review-banner.ts';
import { createReviewHeader } from './review-header.ts';
import type { ReviewRow, RowActions } from './review-row.ts';
import { createRows, type ReviewRows } from './review-rows.ts';
import type { ReviewActions, ReviewView } from './review-view.ts';
import type { ReviewCounts, ReviewWords } from './review-words.ts';
import { createRowLightbox } from './row-lightbox.ts';
import { skipEntries } from './skip-menu.ts';

/** The list in which the user reviews captions before they are written. */
export interface ReviewList extends ReviewView {
  readonly counts: ReviewCounts;
  /**
   * Closes the line for feedback that has the focus, for a host that gets the Escape key before the page.
   * @returns whether there is one
   */
  leaveFeedback(): boolean;
  destroy(): void;
}

/** @param container limits the height; the rows scroll inside it */
export function createReviewList(
  container: HTMLElement,
  words: ReviewWords,
  actions: ReviewActions,
  showMenu: ShowMenu,
): ReviewList {
  const doc = container.ownerDocument;
  const rows = createRows(doc, words);
  /** Rows that were not regenerated because the user edited them. */
  const kept = new Set<ReviewRow>();
  const lightbox = createRowLightbox(doc, words.lightbox, (row, to) => rows.neighbor(row, to));
  const header = createReviewHeader(doc, words, {
    acceptAll: () => {
      accept(acceptableOf(rows));
    },
    skipAll: () => {
      skip(rows.open());
    },
    askAgainForAll: () => {
      askAgainUnlessEdited([...rows.inState('ready'), ...rows.inState('failed')]);
    },
    askAgainForFailed: () => {
      askAgainUnlessEdited(rows.inState('failed'));
    },
    askAgainForEdited: () => {
      askAgain([...kept]);
    },
    pause: actions.pause,
    resume: actions.resume,
    stop: actions.stop,
  });
  const allDone = createEnd(doc, words);
  const announcer = createAnnouncer(doc, () =>
    allDone.hidden ? words.counts(rows.counts()) : words.allDone,
  );
  const root = viewRoot(doc, 'notesight-review');
  root.append(header.element, rows.title, rows.element, allDone, keyHints(doc, words), announcer.element);
  container.append(root);
  const rowActions: RowActions = {
    accept: (row) => {
      accept([row]);
    },
    skip: (row) => {
      skip([row]);
    },
    askAgain: (row) => {
      askAgain([row]);
    },
    refine: (row, feedback) => {
      actions.refine(row.id, { alt: row.alt, feedback });
    },
    edit: (row) => {
      actions.edit(row.id, row.edited ? row.alt : null);
      refresh();
    },
    more:
      actions.skipAlways === null && actions.describeWith === undefined
        ? null
        : (row, at) => {
            showMenu(menuOf(row), at);
          },
    enlarge: (row) => {
      lightbox.open(row);
    },
    openNote: (row) => {
      lightbox.close();
      actions.openNote(row.id);
    },
    move: (row, to) => {
      if (!lightbox.step(to)) rows.move(row, to);
    },
  };
  refresh();

  function menuOf(row: ReviewRow): (readonly MenuEntry[])[] {
    const { describeWith, skipAlways: canSkip } = actions;
    const pick = () =>
      describeWith?.pick(row.id, (prompt) => {
        askAgain([row], prompt);
      });
    return [
      describeWith === undefined ? [] : [{ label: describeWith.label, run: pick }],
      canSkip === null
        ? []
        : skipEntries(words, (reason) => {
            skipAlways(row, reason);
          }),
    ].filter(({ length }) => length > 0);
  }

  function refresh(): void {
    for (const row of kept) if (!row.edited || rows.get(row.id) !== row) kept.delete(row);
    const counts = rows.counts();
    header.show({ counts, acceptable: acceptableOf(rows).length, kept: kept.size });
    allDone.hidden = rows.open().length > 0 || counts.done === 0;
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

  function skipAlways(row: ReviewRow, reason: SkipReason): void {
    finish([row]);
    announcer.say(words.skippedAlways(1));
    actions.skipAlways?.(row.id, reason);
  }

  /** One click must not replace edited text: these rows are reported, and a second button includes them. */
  function askAgainUnlessEdited(candidates: readonly ReviewRow[]): void {
    for (const row of candidates) if (row.edited) kept.add(row);
    refresh();
    if (kept.size > 0) announcer.say(words.keptEdited(kept.size));
    askAgain(candidates.filter((row) => !row.edited));
  }

  function askAgain(asked: readonly ReviewRow[], prompt?: string): void {
    if (asked.length === 0) return;
    for (const row of asked) row.wait();
    refresh();
    announcer.sayState();
    const ids = asked.map(({ id }) => id);
    if (prompt === undefined) actions.askAgain(ids);
    else actions.askAgain(ids, prompt);
  }

  function finish(finished: readonly ReviewRow[]): void {
    const next = lightbox.leave(finished);
    rows.finish(finished, refresh, allDone);
    if (next !== null) lightbox.open(next);
  }

  return {
    get counts() {
      return rows.counts();
    },
    add(item) {
      rows.add(item, rowActions);
      refresh();
      announcer.sayState();
    },
    update(id, outcome) {
      if (!rows.update(id, outcome)) return;
      refresh();
      announcer.sayState();
    },
    refined(id, outcome) {
      rows.get(id)?.refined(outcome);
    },
    remove(id) {
      rows.remove(id);
      refresh();
    },
    showProgress: header.showProgress,
    showBanner(text, again, others) {
      root.prepend(createReviewBanner(doc, text, again, others));
    },
    focus() {
      rows.focusFirst(allDone);
    },
    leaveFeedback: () => rows.open().some((row) => row.leaveFeedback()),
    destroy() {
      lightbox.close();
      announcer.destroy();
      root.remove();
    },
  };
}

/** The text after the last decision, which then gets the focus. */
function createEnd(doc: Document, words: ReviewWords): HTMLElement {
  const end = element(doc, 'p', 'notesight-all-done', words.allDone);
  end.tabIndex = -1;
  return end;
}

/** The rows that "accept all" includes; rows with a warning must be accepted individually. */
function acceptableOf(rows: ReviewRows): ReviewRow[] {
  return rows.inState('ready').filter((row) => !row.hasWarning);
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
