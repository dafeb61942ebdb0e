import type { Explanation } from '../../core/messages/explain.ts';
import { element } from '../dom.ts';
import { labelBy } from '../label-by.ts';
import { createAltTextBox } from './alt-text-box.ts';
import type { ReviewWords } from './review-words.ts';

/**
 * How far an image is: the model is still to answer, its words are there, or there are none and why; or the image was
 * skipped in an earlier review.
 */
export type ReviewOutcome =
  | { readonly state: 'waiting' | 'skipped' }
  | {
      readonly state: 'ready';
      readonly alt: string;
      /** Whether part of the image was missing. */
      readonly incomplete?: boolean;
      /** What a person should know before they accept it: it is accepted only by itself. Left out for nothing. */
      readonly warning?: string;
    }
  | { readonly state: 'failed'; readonly error: Explanation };

/** An image of a note to look through. */
export interface ReviewItem {
  readonly id: string;
  /** Paths relative to the vault; of an image that the note holds itself, what it is: `data:image/png, 14 kB`. */
  readonly note: string;
  readonly file: string;
  /** URL of the image, or of a small version of it. */
  readonly thumbnail: string;
  /** The alt text that stands in the note; '' where there is none. */
  readonly oldAlt: string;
  /** The text that a person typed earlier: it is shown instead of the model's. */
  readonly typed?: string | undefined;
  readonly outcome: ReviewOutcome;
}

/** What in a row has the focus. */
export type RowPart = 'row' | 'text' | 'thumbnail' | 'note' | 'accept' | 'skip' | 'askAgain' | 'swap';

/** What a person asks of a row. */
export interface RowActions {
  accept(row: ReviewRow): void;
  skip(row: ReviewRow): void;
  askAgain(row: ReviewRow): void;
  /** The text was changed, or the model's and the person's were swapped. */
  edit(row: ReviewRow): void;
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
  /** Whether the box holds what a person typed. */
  readonly edited: boolean;
  /** Shows how far the image is. What a person has typed stays in the box, and the model's answer behind a button. */
  show(outcome: ReviewOutcome): void;
  /** Shows that the model is asked again. What was typed can be put back. */
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
  /** The last text of the model and of the person; the box holds one of them. */
  let generated: string | null = null;
  let isIncomplete = false;
  let typed = item.typed ?? null;
  let edited = typed !== null;

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
  const mark = element(doc, 'div', 'notesight-edited', words.edited);
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
  const incomplete = element(doc, 'div', 'notesight-incomplete', words.incomplete);
  const skipped = element(doc, 'div', 'notesight-waiting', words.skippedBefore);
  const warning = element(doc, 'div', 'notesight-warning');
  const error = element(doc, 'div', 'notesight-error');
  const message = element(doc, 'div', 'notesight-error-message');
  const advice = element(doc, 'div', 'notesight-error-advice');
  error.append(message, advice);
  const box = createAltTextBox(doc, words.newAlt(file), () => {
    edited = true;
    typed = box.input.value;
    showAcceptable();
    showEdited();
    actions.edit(row);
  });
  if (typed !== null) box.setText(typed);
  const body = element(doc, 'div', 'notesight-row-body');
  body.append(name, mark, note, oldAlt, waiting, skipped, incomplete, error, warning, box.element);

  const accept = action(words.accept, () => {
    actions.accept(row);
  });
  const skip = action(words.skip, () => {
    actions.skip(row);
  });
  const askAgain = action(words.askAgain, () => {
    actions.askAgain(row);
  });
  const swap = action(words.useGenerated, swapTexts);
  const buttons = element(doc, 'div', 'notesight-row-buttons');
  buttons.append(accept, skip, askAgain, swap);
  li.append(thumbnail, body, buttons);

  const parts: Record<RowPart, HTMLElement> = {
    row: li,
    text: box.input,
    thumbnail,
    note,
    accept,
    skip,
    askAgain,
    swap,
  };

  const row: ReviewRow = {
    id: item.id,
    element: li,
    get state() {
      return state;
    },
    get alt() {
      return hasText() ? box.input.value.trim() : '';
    },
    get edited() {
      return edited;
    },
    get hasWarning() {
      return !warning.hidden && !edited;
    },
    show(outcome) {
      // A text that stands in the box stays there, whatever becomes of the model's.
      if (!edited || state === 'waiting' || outcome.state === 'ready') showOutcome(outcome);
    },
    wait() {
      if (state !== 'skipped') edited = false;
      showState('waiting');
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
    if (outcome.state === 'ready') {
      generated = outcome.alt;
      isIncomplete = outcome.incomplete === true;
      if (!edited) box.setText(generated);
    }
    warning.textContent = outcome.state === 'ready' ? (outcome.warning ?? '') : '';
    if (outcome.state === 'failed') {
      message.textContent = outcome.error.message;
      advice.textContent = outcome.error.advice;
    }
    showState(outcome.state);
  }

  function showState(now: ReviewOutcome['state']): void {
    const part = focusedPart();
    state = now;
    waiting.hidden = state !== 'waiting';
    skipped.hidden = state !== 'skipped';
    incomplete.hidden = state !== 'ready' || !isIncomplete;
    warning.hidden = state !== 'ready' || warning.textContent === '';
    error.hidden = state !== 'failed';
    box.element.hidden = !hasText();
    accept.hidden = !hasText();
    skip.hidden = state === 'skipped';
    askAgain.hidden = state === 'waiting';
    const { askAgain: again, reviewSkipped, retry } = words;
    askAgain.textContent = { waiting: again, ready: again, skipped: reviewSkipped, failed: retry }[state];
    const told = {
      waiting: [waiting],
      skipped: [skipped],
      ready: [incomplete, warning].filter(({ hidden }) => !hidden),
      failed: [message],
    };
    labelBy(li, name, ...told[state]);
    showAcceptable();
    showEdited();
    // The browser drops the focus of what is hidden.
    if (part !== null && !has(part)) li.focus({ preventScroll: true });
  }

  function showAcceptable(): void {
    accept.ariaDisabled = String(row.alt === '');
  }

  /** What a person typed can be accepted where the model's text is missing, too. */
  function hasText(): boolean {
    return state === 'ready' || (state === 'failed' && edited);
  }

  function showEdited(): void {
    mark.hidden = !edited || !hasText();
    swap.hidden =
      state === 'skipped' || typed === null || (edited && (generated === null || generated === typed));
    swap.textContent = edited ? words.useGenerated : words.useEdited;
  }

  /** Neither text is lost: the same button brings back the other. */
  function swapTexts(): void {
    edited = !edited;
    box.setText((edited ? typed : generated) ?? '');
    showState('ready');
    actions.edit(row);
  }

  function has(part: RowPart): boolean {
    return part === 'row' || !(part === 'text' ? box.element : parts[part]).hidden;
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
    if (event.isComposing) return false;
    // The browser's own undo ends where the box got another text.
    if (isUndo(event) && !edited && typed !== null && box.input.value === (generated ?? '')) {
      swapTexts();
      return true;
    }
    if (event.ctrlKey || event.metaKey) return false;
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

const PARTS: readonly RowPart[] = ['row', 'text', 'thumbnail', 'note', 'accept', 'skip', 'askAgain', 'swap'];

/** Ctrl+Z or Cmd+Z, also on a keyboard that writes no Latin letters. */
function isUndo({ key, code, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  const isZ = key.toLowerCase() === 'z' || (code === 'KeyZ' && key > '\u007f');
  return isZ && (ctrlKey || metaKey) && !shiftKey && !altKey;
}

function baseName(path: string): string {
  return path.startsWith('data:') ? path : path.slice(path.lastIndexOf('/') + 1);
}
