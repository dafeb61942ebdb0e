import { element } from '../dom.ts';

/** An option that completes a text. */
export interface Completion {
  readonly id: string;
  readonly name: string;
}

/** A list of options for an input that keeps the focus, with one active option. */
export interface CompletionOptions {
  readonly element: HTMLElement;
  /** Undefined if the list is empty, and therefore hidden. */
  readonly active: Completion | undefined;
  show(options: readonly Completion[]): void;
  /** Moves to the next or previous option, and around the ends. */
  move(step: 1 | -1): void;
}

let lists = 0;

/** @param choose called with the option that was clicked */
export function createCompletionOptions(
  doc: Document,
  label: string,
  input: HTMLTextAreaElement,
  choose: (option: Completion) => void,
): CompletionOptions {
  const root = element(doc, 'div', 'notesight-prompts');
  root.id = `notesight-prompts-${lists++}`;
  root.role = 'listbox';
  root.ariaLabel = label;
  root.hidden = true;
  let shown: readonly Completion[] = [];
  let active = 0;
  input.ariaHasPopup = 'listbox';
  input.ariaAutoComplete = 'list';
  root.addEventListener('pointerdown', (event) => {
    // Keeps the focus in the input.
    event.preventDefault();
  });

  function option(completion: Completion, at: number): HTMLElement {
    const made = element(doc, 'div', 'notesight-prompt', completion.name);
    made.id = `${root.id}-${at}`;
    made.role = 'option';
    made.dir = 'auto';
    made.addEventListener('click', () => {
      choose(completion);
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
    show(options) {
      if (JSON.stringify(options) === JSON.stringify(shown)) return;
      shown = options;
      root.replaceChildren(...options.map(option));
      root.hidden = options.length === 0;
      activate(0);
    },
    move(step) {
      activate((active + step + shown.length) % shown.length);
    },
  };
}
