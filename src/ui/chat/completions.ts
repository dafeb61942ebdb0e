import { type Completion, createCompletionOptions } from './completion-options.ts';

/** What completes the text of a question: prompts, or other notes. */
export interface CompletionSource {
  /** The label of the list. */
  readonly label: string;
  /** The end of the text before the cursor that is completed, with its first group as the query. */
  readonly pattern: RegExp;
  /** The options for a query. They may arrive later: then `update` is called. */
  readonly optionsFor: (query: string) => readonly Completion[];
  /** @param from the offset of the completed text, which ends at the cursor */
  readonly choose: (option: Completion, from: number) => void;
}

/** A list above the question box, shown while the text before the cursor matches. */
export interface Completions {
  readonly element: HTMLElement;
  /** Shows the current options. */
  update(): void;
}

/** Arrow keys move the active option, Enter or Tab chooses it, Escape closes the list and keeps the text. */
export function createCompletions(
  doc: Document,
  input: HTMLTextAreaElement,
  { label, pattern, optionsFor, choose }: CompletionSource,
): Completions {
  const options = createCompletionOptions(doc, label, input, take);
  /** The text for which the list was closed. It opens again when the text changes. */
  let closedFor: string | null = null;

  function match(): RegExpExecArray | null {
    if (input.value === closedFor || doc.activeElement !== input) return null;
    return pattern.exec(input.value.slice(0, input.selectionStart));
  }

  function update(): void {
    const query = match()?.[1];
    options.show(query === undefined ? [] : optionsFor(query));
  }

  function take(option: Completion): void {
    const found = match();
    if (found !== null) choose(option, found.index);
    update();
  }

  /** @returns whether the list used the key */
  function press(key: string): boolean {
    const { active } = options;
    if (active === undefined) return false;
    if (key === 'ArrowDown') options.move(1);
    else if (key === 'ArrowUp') options.move(-1);
    else if (key === 'Enter' || key === 'Tab') take(active);
    else if (key === 'Escape') {
      closedFor = input.value;
      update();
    } else return false;
    return true;
  }

  // Before the box itself, which sends the question on Enter.
  input.addEventListener(
    'keydown',
    (event) => {
      const { isComposing, shiftKey, altKey, ctrlKey, metaKey, key } = event;
      if (isComposing || shiftKey || altKey || ctrlKey || metaKey || !press(key)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
  input.addEventListener('input', () => {
    closedFor = null;
    update();
  });
  input.addEventListener('focus', update);
  input.addEventListener('blur', update);
  // The cursor may have moved.
  input.addEventListener('click', update);
  input.addEventListener('keyup', update);

  return { element: options.element, update };
}
