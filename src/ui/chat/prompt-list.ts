import type { ChatPrompt } from './chat-state.ts';
import { createPromptOptions } from './prompt-options.ts';

/** The prompts listed above the question box while it contains a slash and the start of a name. */
export interface PromptList {
  readonly element: HTMLElement;
  show(prompts: readonly ChatPrompt[]): void;
}

/**
 * Arrow keys move the active option, Enter or Tab chooses it, Escape closes the list and keeps the text.
 * @param choose called with the id of the chosen prompt
 */
export function createPromptList(
  doc: Document,
  label: string,
  input: HTMLTextAreaElement,
  choose: (id: string) => void,
): PromptList {
  const options = createPromptOptions(doc, label, input, take);
  let prompts: readonly ChatPrompt[] = [];
  /** The text for which the list was closed. It opens again when the text changes. */
  let closedFor: string | null = null;

  function update(): void {
    const query = /^\/([^\n]*)$/.exec(input.value)?.[1];
    const isOpen = query !== undefined && input.value !== closedFor && doc.activeElement === input;
    options.show(isOpen ? prompts.filter(({ name }) => isMatch(name, query)) : []);
  }

  function take({ id }: ChatPrompt): void {
    choose(id);
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

  return {
    element: options.element,
    show(next) {
      prompts = next;
      update();
    },
  };
}

/** Whether each word of the query starts a word of the name. */
function isMatch(name: string, query: string): boolean {
  const words = name.toLowerCase().split(/\s+/);
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
}
