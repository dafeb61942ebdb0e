import { element, isElement } from '../dom.ts';
import type { LightboxItem } from '../overlay/lightbox.ts';
import { nameOf, type ReviewItem, type ReviewOutcome } from './review-item.ts';
import { createRefineLine } from './refine-line.ts';
import type { RefineOutcome } from './review-view.ts';
import type { ReviewWords } from './review-words.ts';
import { pressRowKey, type RowKeys } from './row-keys.ts';
import { createRowText } from './row-text.ts';
import { createRowView, type RowPart, type RowView } from './row-view.ts';

/** Actions of the user on a row. */
export interface RowActions {
  accept(row: ReviewRow): void;
  skip(row: ReviewRow): void;
  askAgain(row: ReviewRow): void;
  refine(row: ReviewRow, feedback: string): void;
  /** The text was edited, or the generated text and the user's text were swapped. */
  edit(row: ReviewRow): void;
  /** Opens the menu at its button; null if the host has none. */
  readonly more: ((row: ReviewRow, at: HTMLElement) => void) | null;
  enlarge(row: ReviewRow): void;
  openNote(row: ReviewRow): void;
  move(row: ReviewRow, to: 'up' | 'down'): void;
}

/** The row of one image. */
export interface ReviewRow {
  readonly id: string;
  readonly element: HTMLLIElement;
  readonly state: ReviewOutcome['state'];
  /** The new alt text in the box, edited or not; '' if there is none. */
  readonly alt: string;
  /** Whether it has a warning and the text was not changed since. */
  readonly hasWarning: boolean;
  /** Whether the box holds text the user typed. */
  readonly edited: boolean;
  /** Shows the state of the image. Typed text stays in the box; a button switches to the generated text. */
  show(outcome: ReviewOutcome): void;
  /** Shows the answer to feedback. The text in the box becomes an earlier version. */
  refined(outcome: RefineOutcome): void;
  /** Closes the line for feedback if it has the focus. @returns whether it had */
  leaveFeedback(): boolean;
  /** Shows the row as waiting for the model. Typed text can be restored. */
  wait(): void;
  /** The focused part, or null. */
  focusedPart(): RowPart | null;
  /**
   * Focuses this part, or the row if it has no such part; in a ready row, the box is focused instead of the row.
   * @param caret where in the box to place the caret
   */
  focus(part: RowPart, caret: 'start' | 'end'): void;
  /** Moves the text and the buttons out of the list, to be shown beside the enlarged image. */
  lend(): LightboxItem;
  /** Moves them back. */
  takeBack(): void;
}

export function createReviewRow(
  doc: Document,
  item: ReviewItem,
  words: ReviewWords,
  actions: RowActions,
): ReviewRow {
  let state: ReviewOutcome['state'] = 'waiting';
  const text = createRowText(item.typed ?? null);
  const view: RowView = createRowView(doc, item, words, {
    enlarge: () => {
      actions.enlarge(row);
    },
    openNote: () => {
      actions.openNote(row);
    },
    accept: () => {
      actions.accept(row);
    },
    skip: () => {
      actions.skip(row);
    },
    askAgain: () => {
      actions.askAgain(row);
    },
    swap,
    refine: () => {
      refining.toggle();
    },
    more:
      actions.more &&
      ((at) => {
        actions.more?.(row, at);
      }),
    type: () => {
      type(view.box.input.value);
    },
  });
  const { element: li, box } = view;
  const refining = createRefineLine(doc, words, nameOf(item), {
    text: () => row.alt,
    refine: (feedback) => {
      actions.refine(row, feedback);
    },
    choose: type,
    closed: () => {
      focus('refine', 'end');
    },
  });
  view.body.append(refining.element);
  if (text.isTyped) box.setText(text.shown);
  const keys = keysOf();

  const row: ReviewRow = {
    id: item.id,
    element: li,
    get state() {
      return state;
    },
    get alt() {
      return view.has('text') ? box.input.value.trim() : '';
    },
    get edited() {
      return text.isTyped;
    },
    get hasWarning() {
      return view.hasWarning && !text.isTyped;
    },
    show(outcome) {
      // Text in the box stays, whatever happens to the generated text.
      if (!text.isTyped || state === 'waiting' || outcome.state === 'ready') showOutcome(outcome);
    },
    refined(outcome) {
      refining.show(outcome);
    },
    leaveFeedback: () => refining.leave(),
    wait() {
      if (state !== 'skipped') text.awaitGenerated();
      showState('waiting');
    },
    focusedPart: () => view.focusedPart(),
    focus,
    lend() {
      const beside = element(doc, 'div', 'notesight-review');
      beside.append(...view.details);
      beside.addEventListener('keydown', press);
      return { source: item.thumbnail, name: nameOf(item), beside };
    },
    takeBack() {
      li.append(...view.details);
    },
  };
  li.addEventListener('keydown', press);
  showOutcome(item.outcome);
  return row;

  function press(event: KeyboardEvent): void {
    if (pressRowKey(event, keys)) event.preventDefault();
  }

  function showOutcome(outcome: ReviewOutcome): void {
    if (outcome.state === 'ready') {
      text.generate(outcome.alt);
      if (!text.isTyped) box.setText(text.shown);
    }
    view.take(outcome);
    showState(outcome.state);
  }

  function showState(now: ReviewOutcome['state']): void {
    const part = view.focusedPart();
    state = now;
    view.show(state, text);
    // The browser drops the focus of hidden elements.
    if (part !== null && !view.has(part)) li.focus({ preventScroll: true });
  }

  function type(alt: string): void {
    text.type(alt);
    if (box.input.value !== alt) box.setText(alt);
    view.showText(state, text);
    actions.edit(row);
  }

  /** Keeps both texts: the same button switches back. */
  function swap(): void {
    text.swap();
    box.setText(text.shown);
    showState('ready');
    actions.edit(row);
  }

  function focus(part: RowPart, caret: 'start' | 'end'): void {
    const wanted = part === 'row' ? 'text' : part;
    const target = view.part(view.has(wanted) ? wanted : 'row');
    target.focus({ preventScroll: true });
    if (target !== box.input) return;
    const offset = caret === 'start' ? 0 : box.input.value.length;
    box.input.setSelectionRange(offset, offset);
  }

  function keysOf(): RowKeys {
    return {
      isInText: ({ target }) => target === box.input,
      isOnButton: ({ target }) => isElement(target) && target.closest('button') !== null,
      leavesText(down) {
        const { selectionStart, selectionEnd } = box.input;
        return selectionStart === selectionEnd && box.caretOn(down ? 'last' : 'first');
      },
      restoreTyped() {
        const isReplaced = !text.isTyped && text.canSwap && box.input.value === text.shown;
        if (isReplaced) swap();
        return isReplaced;
      },
      accept: () => {
        actions.accept(row);
      },
      skip: () => {
        actions.skip(row);
      },
      move: (to) => {
        actions.move(row, to);
      },
    };
  }
}
