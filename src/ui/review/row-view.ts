import { button } from '../button.ts';
import { element } from '../dom.ts';
import { labelBy } from '../label-by.ts';
import { type AltTextBox, createAltTextBox } from './alt-text-box.ts';
import { nameOf, type ReviewItem, type ReviewOutcome } from './review-item.ts';
import type { ReviewWords } from './review-words.ts';
import type { RowText } from './row-text.ts';

/** The parts of a row that can have the focus. */
const PARTS = [
  'row',
  'text',
  'thumbnail',
  'note',
  'accept',
  'skip',
  'more',
  'askAgain',
  'refine',
  'swap',
] as const;
export type RowPart = (typeof PARTS)[number];

/** Calls for the clicks on a row, and for each change of its text. */
export interface RowClicks {
  readonly enlarge: () => void;
  readonly openNote: () => void;
  readonly accept: () => void;
  readonly skip: () => void;
  readonly askAgain: () => void;
  readonly refine: () => void;
  readonly swap: () => void;
  readonly more: ((at: HTMLElement) => void) | null;
  readonly type: () => void;
}

/** The elements of a row. */
export interface RowView {
  readonly element: HTMLLIElement;
  readonly box: AltTextBox;
  /** Where the texts are. */
  readonly body: HTMLElement;
  /** Name, texts, and buttons, which the lightbox shows beside the image. */
  readonly details: readonly HTMLElement[];
  /** Stores what an outcome says, to be shown in its state. */
  take(outcome: ReviewOutcome): void;
  /** Shows the state of the image. */
  show(state: ReviewOutcome['state'], text: RowText): void;
  /** Shows whether the text can be accepted and whose it is. */
  showText(state: ReviewOutcome['state'], text: RowText): void;
  readonly hasWarning: boolean;
  has(part: RowPart): boolean;
  focusedPart(): RowPart | null;
  part(part: RowPart): HTMLElement;
}

export function createRowView(
  doc: Document,
  item: ReviewItem,
  words: ReviewWords,
  clicks: RowClicks,
): RowView {
  const file = nameOf(item);
  const li = element(doc, 'li', 'notesight-row');
  li.tabIndex = -1;
  const thumbnail = thumbnailOf(doc, item.thumbnail, words.enlarge(file), clicks.enlarge);
  const name = element(doc, 'div', 'notesight-file', file);
  name.title = item.file;
  const mark = element(doc, 'div', 'notesight-edited', words.edited);
  const note = button(doc, 'notesight-note', words.inNote(item.note), clicks.openNote);
  const rule = item.rule === undefined ? [] : [element(doc, 'div', 'notesight-old', words.byRule(item.rule))];
  const oldAltText = item.oldAlt ? words.oldAlt(item.oldAlt) : words.noOldAlt;
  const oldAlt = element(doc, 'div', 'notesight-old', oldAltText);
  const waiting = element(doc, 'div', 'notesight-waiting', words.waiting);
  const incomplete = element(doc, 'div', 'notesight-incomplete', words.incomplete);
  const skipped = element(doc, 'div', 'notesight-waiting', words.skippedBefore);
  const warning = element(doc, 'div', 'notesight-warning');
  const message = element(doc, 'div', 'notesight-error-message');
  const advice = element(doc, 'div', 'notesight-error-advice');
  const error = element(doc, 'div', 'notesight-error');
  error.append(message, advice);
  const box = createAltTextBox(doc, words.newAlt(file), clicks.type);
  const body = element(doc, 'div', 'notesight-row-body');
  body.append(name, mark, note, ...rule, oldAlt, waiting, skipped, incomplete, error, warning, box.element);

  const action = (label: string, click: () => void) => {
    const made = button(doc, 'notesight-button', label, click);
    labelBy(made, made, name);
    return made;
  };
  const accept = action(words.accept, clicks.accept);
  const skip = action(words.skip, clicks.skip);
  const askAgain = action(words.askAgain, clicks.askAgain);
  const refine = action(words.refineWith, clicks.refine);
  const swap = action(words.useGenerated, clicks.swap);
  const buttons = element(doc, 'div', 'notesight-row-buttons');
  const more = action('⋯', () => {
    clicks.more?.(more);
  });
  more.ariaLabel = words.more(file);
  more.ariaHasPopup = 'menu';
  more.removeAttribute('aria-labelledby');
  more.classList.add('notesight-more');
  buttons.append(accept, skip, ...(clicks.more === null ? [] : [more]), askAgain, refine, swap);
  li.append(thumbnail, body, buttons);
  const parts: Record<RowPart, HTMLElement> = {
    row: li,
    text: box.input,
    thumbnail,
    note,
    accept,
    skip,
    askAgain,
    refine,
    swap,
    more,
  };
  let isIncomplete = false;

  /** Typed text can be accepted even if there is no generated text. */
  const hasText = (state: ReviewOutcome['state'], { isTyped }: RowText) =>
    state === 'ready' || (state === 'failed' && isTyped);

  function showText(state: ReviewOutcome['state'], text: RowText): void {
    accept.ariaDisabled = String(!hasText(state, text) || box.input.value.trim() === '');
    mark.hidden = !text.isTyped || !hasText(state, text);
    swap.hidden = state === 'skipped' || !text.canSwap;
    swap.textContent = text.isTyped ? words.useGenerated : words.useEdited;
  }

  return {
    element: li,
    box,
    body,
    details: [body, buttons],
    take(outcome) {
      warning.textContent = outcome.state === 'ready' ? (outcome.warning ?? '') : '';
      if (outcome.state === 'ready') isIncomplete = outcome.incomplete === true;
      if (outcome.state !== 'failed') return;
      message.textContent = outcome.error.message;
      advice.textContent = outcome.error.advice;
    },
    show(state, text) {
      waiting.hidden = state !== 'waiting';
      skipped.hidden = state !== 'skipped';
      incomplete.hidden = state !== 'ready' || !isIncomplete;
      warning.hidden = state !== 'ready' || warning.textContent === '';
      error.hidden = state !== 'failed';
      box.element.hidden = !hasText(state, text);
      accept.hidden = !hasText(state, text);
      refine.hidden = !hasText(state, text);
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
      showText(state, text);
    },
    showText,
    get hasWarning() {
      return !warning.hidden;
    },
    has: (part) => part === 'row' || !(part === 'text' ? box.element : parts[part]).hidden,
    focusedPart: () => PARTS.find((part) => parts[part] === doc.activeElement) ?? null,
    part: (part) => parts[part],
  };
}

function thumbnailOf(doc: Document, source: string, label: string, click: () => void): HTMLButtonElement {
  const image = element(doc, 'img', 'notesight-thumbnail-image');
  image.loading = 'lazy';
  image.decoding = 'async';
  // Decorative here: the text beside it identifies the image.
  image.alt = '';
  image.src = source;
  const name = element(doc, 'span', '', label);
  name.hidden = true;
  const made = button(doc, 'notesight-thumbnail', '', click);
  made.append(image, name);
  labelBy(made, name);
  return made;
}
