import { element } from '../dom.ts';
import type { ChatPrompt } from './chat-state.ts';

/** A list of prompts for an input that keeps the focus, with one active option. */
export interface PromptOptions {
  readonly element: HTMLElement;
  /** Undefined if the list is empty, and therefore hidden. */
  readonly active: ChatPrompt | undefined;
  show(prompts: readonly ChatPrompt[]): void;
  /** Moves to the next or previous option, and around the ends. */
  move(step: 1 | -1): void;
}

let lists = 0;

/** @param choose called with the prompt that was clicked */
export function createPromptOptions(
  doc: Document,
  label: string,
  input: HTMLTextAreaElement,
  choose: (prompt: ChatPrompt) => void,
): PromptOptions {
  const root = element(doc, 'div', 'notesight-prompts');
  root.id = `notesight-prompts-${lists++}`;
  root.role = 'listbox';
  root.ariaLabel = label;
  root.hidden = true;
  let shown: readonly ChatPrompt[] = [];
  let active = 0;
  input.ariaHasPopup = 'listbox';
  input.ariaAutoComplete = 'list';
  root.addEventListener('pointerdown', (event) => {
    // Keeps the focus in the input.
    event.preventDefault();
  });

  function option(prompt: ChatPrompt, at: number): HTMLElement {
    const made = element(doc, 'div', 'notesight-prompt', prompt.name);
    made.id = `${root.id}-${at}`;
    made.role = 'option';
    made.dir = 'auto';
    made.addEventListener('click', () => {
      choose(prompt);
    });
    return made;
  }

  function activate(index: number): void {
    active = index;
    for (const [at, made] of [...root.children].entries()) made.ariaSelected = String(at === active);
    const made = root.children[active];
    if (made === undefined) {
      input.removeAttribute('aria-activedescendant');
      input.removeAttribute('aria-controls');
    } else {
      input.setAttribute('aria-activedescendant', made.id);
      input.setAttribute('aria-controls', root.id);
      made.scrollIntoView({ block: 'nearest' });
    }
  }

  return {
    element: root,
    get active() {
      return shown[active];
    },
    show(prompts) {
      if (JSON.stringify(prompts) === JSON.stringify(shown)) return;
      shown = prompts;
      root.replaceChildren(...prompts.map(option));
      root.hidden = prompts.length === 0;
      activate(0);
    },
    move(step) {
      activate((active + step + shown.length) % shown.length);
    },
  };
}
