import type { Explanation } from '../core/explain.ts';
import { createAltTextBox } from './alt-text-box.ts';
import { element } from './element.ts';
import { labelBy } from './label-by.ts';
import type { ReviewWords } from './review-words.ts';

/** How far an image is: the model is still to answer, its words are there, or there are none and why. */
export type ReviewOutcome =
  | { readonly state: 'waiting' }
  | {
      readonly state: 'ready';
      readonly alt: string;
      /** What a person should know before they accept it: it is accepted only by itself. Left out for nothing. */
      readonly warning?: string;
    }
  | { readonly state: 'failed'; readonly error: Explanation };

/** An image of a note to look through. */
export interface ReviewItem {
  readonly id: string;
  /** Paths relative to the vault. */
  readonly note: string;
  readonly file: string;
  /** URL of the image, or of a small version of it. */
  readonly thumbnail: string;
  /** The alt text that stands in the note; '' where there is none. */
  readonly oldAlt: string;
  readonly outcome: ReviewOutcome;
}

/** What in a row has the focus. */
export type RowPart = 'row' | 'text' | 'thumbnail' | 'note' | 'accept' | 'skip' | 'askAgain';

/** What a person asks of a row. */
export interface RowActions {
  accept(row: ReviewRow): void;
  skip(row: ReviewRow): void;
  askAgain(row: ReviewRow): void;
  openNote(row: ReviewRow): void;
  move(row: ReviewRow, to: 'up' | 'down'): void;
}

/** The row of one image. */
export interface ReviewRow {
  readonly id: string;
  readonly element: HTMLLIElement;
  readonly state: ReviewOutcome['state'];
  /** The new words as they stand in the box, edited or not; '' where there are none. */
  readonly alt: string;
  /** Whether it is shown with a warning, and nobody has changed the text since. */
  readonly hasWarning: boolean;
  /** Shows how far the image is. What a person has typed stays: then nothing changes. */
  show(outcome: ReviewOutcome): void;
  /** Shows that the model is asked again, and forgets what was typed. */
  wait(): void;
  /** The part that has the focus, or null. */
  focusedPart(): RowPart | null;
  /**
   * Focuses this part, or the row where it hasn't got it; in a row that is ready, the box stands for the row.
   * @param caret where in the box the caret is put
   */
  focus(part: RowPart, caret: 'start' | 'end'): void;
}

export function createReviewRow(
  doc: Document,
  item: ReviewItem,
  words: ReviewWords,
  actions: RowActions,
): ReviewRow {
  const file = baseName(item.file);
  let state: ReviewOutcome['state'] = 'waiting';
  let edited = false;

  const li = element(doc, 'li', 'notesight-row');
  li.tabIndex = -1;

  const image = element(doc, 'img', 'notesight-thumbnail-image');
  image.loading = 'lazy';
  image.decoding = 'async';
  // The words beside it say what it is.
  image.alt = '';
  image.src = item.thumbnail;
  const enlargeLabel = element(doc, 'span', '', words.enlarge(file));
  enlargeLabel.hidden = true;
  const thumbnail = button('notesight-thumbnail', '', enlarge);
  thumbnail.ariaExpanded = 'false';
  thumbnail.append(image, enlargeLabel);
  labelBy(thumbnail, enlargeLabel);

  const name = element(doc, 'div', 'notesight-file', file);
  name.title = item.file;
  const note = button('notesight-note', words.inNote(item.note), () => {
    actions.openNote(row);
  });
  const oldAlt = element(
    doc,
    'div',
    'notesight-old',
    item.oldAlt ? words.oldAlt(item.oldAlt) : words.noOldAlt,
  );
  const waiting = element(doc, 'div', 'notesight-waiting', words.waiting);
  const warning = element(doc, 'div', 'notesight-warning');
  const error = element(doc, 'div', 'notesight-error');
  const message = element(doc, 'div', 'notesight-error-message');
  const advice = element(doc, 'div', 'notesight-error-advice');
  error.append(message, advice);
  const box = createAltTextBox(doc, words.newAlt(file), () => {
    edited = true;
    showAcceptable();
  });
  const body = element(doc, 'div', 'notesight-row-body');
  body.append(name, note, oldAlt, waiting, error, warning, box.element);

  const accept = action(words.accept, () => {
    actions.accept(row);
  });
  const skip = action(words.skip, () => {
    actions.skip(row);
  });
  const askAgain = action(words.askAgain, () => {
    actions.askAgain(row);
  });
  const buttons = element(doc, 'div', 'notesight-row-buttons');
  buttons.append(accept, skip, askAgain);
  li.append(thumbnail, body, buttons);

  const parts: Record<RowPart, HTMLElement> = {
    row: li,
    text: box.input,
    thumbnail,
    note,
    accept,
    skip,
    askAgain,
  };

  const row: ReviewRow = {
    id: item.id,
    element: li,
    get state() {
      return state;
    },
    get alt() {
      return state === 'ready' ? box.input.value.trim() : '';
    },
    get hasWarning() {
      return !warning.hidden && !edited;
    },
    show(outcome) {
      if (!edited) showOutcome(outcome);
    },
    wait() {
      edited = false;
      showOutcome({ state: 'waiting' });
    },
    focusedPart,
    focus,
  };

  li.addEventListener('keydown', (event) => {
    if (pressed(event)) event.preventDefault();
  });
  showOutcome(item.outcome);
  return row;

  function button(className: string, text: string, onClick: () => void): HTMLButtonElement {
    const made = element(doc, 'button', className, text);
    made.type = 'button';
    made.addEventListener('click', onClick);
    return made;
  }

  function action(label: string, onClick: () => void): HTMLButtonElement {
    const made = button('notesight-button', label, onClick);
    labelBy(made, made, name);
    return made;
  }

  function enlarge(): void {
    thumbnail.ariaExpanded = String(li.classList.toggle('notesight-enlarged'));
  }

  function showOutcome(outcome: ReviewOutcome): void {
    const part = focusedPart();
    state = outcome.state;
    waiting.hidden = state !== 'waiting';
    error.hidden = state !== 'failed';
    box.element.hidden = state !== 'ready';
    accept.hidden = state !== 'ready';
    askAgain.hidden = state === 'waiting';
    warning.textContent = outcome.state === 'ready' ? (outcome.warning ?? '') : '';
    warning.hidden = warning.textContent === '';
    if (outcome.state === 'ready') box.setText(outcome.alt);
    if (outcome.state === 'failed') {
      message.textContent = outcome.error.message;
      advice.textContent = outcome.error.advice;
    }
    const told = { waiting: [waiting], ready: warning.hidden ? [] : [warning], failed: [message] };
    labelBy(li, name, ...told[state]);
    showAcceptable();
    // The browser drops the focus of what is hidden.
    if (part !== null && !has(part)) li.focus({ preventScroll: true });
  }

  function showAcceptable(): void {
    accept.ariaDisabled = String(row.alt === '');
  }

  function has(part: RowPart): boolean {
    if (part === 'text' || part === 'accept') return state === 'ready';
    return part !== 'askAgain' || state !== 'waiting';
  }

  function focusedPart(): RowPart | null {
    const active = li.ownerDocument.activeElement;
    for (const part of PARTS) if (parts[part] === active) return part;
    return null;
  }

  function focus(part: RowPart, caret: 'start' | 'end'): void {
    const wanted = part === 'row' ? 'text' : part;
    const target = parts[has(wanted) ? wanted : 'row'];
    target.focus({ preventScroll: true });
    if (target !== box.input) return;
    const offset = caret === 'start' ? 0 : box.input.value.length;
    box.input.setSelectionRange(offset, offset);
  }

  /** @returns whether the key was one of ours */
  function pressed(event: KeyboardEvent): boolean {
    // While a word is being composed, the keys are the input method's.
    if (event.isComposing || event.ctrlKey || event.metaKey) return false;
    const inText = event.target === box.input;
    const onButton = !inText && event.target !== li;
    switch (event.key) {
      case 'Enter':
        if (onButton && !event.altKey) return false;
        // A key held down decides on one image, not on all of them.
        if (event.repeat) return true;
        if (event.altKey) actions.skip(row);
        else if (!event.shiftKey) actions.accept(row);
        return true;
      case 'Delete':
      case 'Backspace':
        if (inText || event.altKey || event.shiftKey) return false;
        if (!event.repeat) actions.skip(row);
        return true;
      case 'ArrowUp':
      case 'ArrowDown': {
        if (event.altKey || event.shiftKey) return false;
        const down = event.key === 'ArrowDown';
        if (inText && !leavesText(down)) return false;
        actions.move(row, down ? 'down' : 'up');
        return true;
      }
      default:
        return false;
    }
  }

  function leavesText(down: boolean): boolean {
    const { selectionStart, selectionEnd } = box.input;
    return selectionStart === selectionEnd && box.caretOn(down ? 'last' : 'first');
  }
}

const PARTS: readonly RowPart[] = ['row', 'text', 'thumbnail', 'note', 'accept', 'skip', 'askAgain'];

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
