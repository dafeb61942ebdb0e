import type { Explanation } from '../../core/messages/explain.ts';
import { element } from '../dom.ts';
import { labelBy } from '../label-by.ts';
import { createAltTextBox } from './alt-text-box.ts';
import type { ReviewWords } from './review-words.ts';

/**
 * State of an image: waiting for the model, ready with alt text, failed with an error, or skipped in an earlier
 * review.
 */
export type ReviewOutcome =
  | { readonly state: 'waiting' | 'skipped' }
  | {
      readonly state: 'ready';
      readonly alt: string;
      /** Whether part of the image was missing. */
      readonly incomplete?: boolean;
      /** A warning to read before accepting; such an item must be accepted individually. Omitted if there is none. */
      readonly warning?: string;
    }
  | { readonly state: 'failed'; readonly error: Explanation };

/** An image of a note to review. */
export interface ReviewItem {
  readonly id: string;
  /** Paths relative to the vault; for an image embedded as a `data:` URI, its summary: `data:image/png, 14 kB`. */
  readonly note: string;
  readonly file: string;
  /** URL of the image or of a thumbnail. */
  readonly thumbnail: string;
  /** The alt text in the note; '' if there is none. */
  readonly oldAlt: string;
  /** Text the user typed earlier, shown instead of the generated text. */
  readonly typed?: string | undefined;
  readonly outcome: ReviewOutcome;
}

/** The focused part of a row. */
export type RowPart = 'row' | 'text' | 'thumbnail' | 'note' | 'accept' | 'skip' | 'askAgain' | 'swap';

/** Actions of the user on a row. */
export interface RowActions {
  accept(row: ReviewRow): void;
  skip(row: ReviewRow): void;
  askAgain(row: ReviewRow): void;
  /** The text was edited, or the generated text and the user's text were swapped. */
  edit(row: ReviewRow): void;
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
  /** Shows the row as waiting for the model. Typed text can be restored. */
  wait(): void;
  /** The focused part, or null. */
  focusedPart(): RowPart | null;
  /**
   * Focuses this part, or the row if it has no such part; in a ready row, the box is focused instead of the row.
   * @param caret where in the box to place the caret
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
  /** The latest generated text and the latest typed text; the box shows one of them. */
  let generated: string | null = null;
  let isIncomplete = false;
  let typed = item.typed ?? null;
  let edited = typed !== null;

  const li = element(doc, 'li', 'notesight-row');
  li.tabIndex = -1;

  const image = element(doc, 'img', 'notesight-thumbnail-image');
  image.loading = 'lazy';
  image.decoding = 'async';
  // Decorative here: the text beside it identifies the image.
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
      // Text in the box stays, whatever happens to the generated text.
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
    const labels = {
      waiting: [waiting],
      skipped: [skipped],
      ready: [incomplete, warning].filter(({ hidden }) => !hidden),
      failed: [message],
    };
    labelBy(li, name, ...labels[state]);
    showAcceptable();
    showEdited();
    // The browser drops the focus of hidden elements.
    if (part !== null && !has(part)) li.focus({ preventScroll: true });
  }

  function showAcceptable(): void {
    accept.ariaDisabled = String(row.alt === '');
  }

  /** Typed text can be accepted even if there is no generated text. */
  function hasText(): boolean {
    return state === 'ready' || (state === 'failed' && edited);
  }

  function showEdited(): void {
    mark.hidden = !edited || !hasText();
    swap.hidden =
      state === 'skipped' || typed === null || (edited && (generated === null || generated === typed));
    swap.textContent = edited ? words.useGenerated : words.useEdited;
  }

  /** Keeps both texts: the same button switches back. */
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

  /** @returns whether the key was handled */
  function pressed(event: KeyboardEvent): boolean {
    // During IME composition, keys belong to the input method.
    if (event.isComposing) return false;
    // The browser's undo history ends where the text was replaced by a script.
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
        // Holding a key must not decide on more than one image.
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

/** Ctrl+Z or Cmd+Z, including on non-Latin keyboard layouts. */
function isUndo({ key, code, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  const isZ = key.toLowerCase() === 'z' || (code === 'KeyZ' && key > '\u007f');
  return isZ && (ctrlKey || metaKey) && !shiftKey && !altKey;
}

function baseName(path: string): string {
  return path.startsWith('data:') ? path : path.slice(path.lastIndexOf('/') + 1);
}
