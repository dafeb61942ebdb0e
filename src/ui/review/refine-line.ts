import { button } from '../button.ts';
import { element } from '../dom.ts';
import { labelBy } from '../label-by.ts';
import { createVersionSwitch } from '../version-switch.ts';
import type { RefineOutcome } from './review-view.ts';
import type { ReviewWords } from './review-words.ts';
import { diffWords } from './word-diff.ts';

export interface RefineActions {
  /** The alt text in the box. */
  readonly text: () => string;
  readonly refine: (feedback: string) => void;
  /** Puts a text into the box. */
  readonly choose: (alt: string) => void;
  /** Called when the line was closed and its focus has to go elsewhere. */
  readonly closed: () => void;
}

/** A line for feedback on an alt text, with the versions that came of it. */
export interface RefineLine {
  readonly element: HTMLElement;
  /** Shows it, or hides it with the typed feedback kept. */
  toggle(): void;
  show(outcome: RefineOutcome): void;
  /** Closes it if it has the focus. @returns whether it had */
  leave(): boolean;
}

/** @param file names the image in labels */
export function createRefineLine(
  doc: Document,
  words: ReviewWords,
  file: string,
  actions: RefineActions,
): RefineLine {
  const root = element(doc, 'div', 'notesight-refine');
  root.hidden = true;
  const name = element(doc, 'span', '', words.feedback(file));
  name.hidden = true;
  const input = element(doc, 'input', 'notesight-feedback');
  input.type = 'text';
  input.dir = 'auto';
  input.placeholder = words.feedbackExamples;
  labelBy(input, name);
  const send = button(doc, 'notesight-button', words.refine, ask);
  const line = element(doc, 'div', 'notesight-refine-line');
  line.append(name, input, send);
  const status = element(doc, 'div', 'notesight-refine-status');
  status.role = 'status';
  const changes = element(doc, 'div', 'notesight-changes');
  changes.dir = 'auto';
  const versions: string[] = [];
  let current = 0;
  let isRunning = false;
  const switcher = createVersionSwitch(doc, words.versions, (version) => {
    choose(version - 1);
  });
  root.append(line, status, changes, switcher.element);
  showVersions();

  input.addEventListener('keydown', (event) => {
    // The keys of the row accept and skip; here they belong to the text.
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === 'Enter') ask();
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  });

  function ask(): void {
    const feedback = input.value.trim();
    if (isRunning || feedback === '' || actions.text() === '') return;
    keep(actions.text());
    showRunning(true);
    status.textContent = words.refining;
    actions.refine(feedback);
  }

  /** Adds the text in the box to the versions, unless it is the current one. */
  function keep(text: string): void {
    if (versions[current] !== text) current = versions.push(text) - 1;
  }

  function choose(version: number): void {
    const alt = versions[version];
    if (alt === undefined) return;
    // What was typed since stays a version, too.
    if (!versions.includes(actions.text())) versions.push(actions.text());
    current = version;
    actions.choose(alt);
    showVersions();
  }

  function showRunning(running: boolean): void {
    isRunning = running;
    send.ariaDisabled = String(running);
  }

  function showVersions(): void {
    switcher.show({ current: current + 1, count: versions.length });
    const [before, after] = [versions[current - 1], versions[current]];
    changes.hidden = before === undefined || after === undefined;
    if (before === undefined || after === undefined) return;
    const tags = { same: 'span', removed: 'del', added: 'ins' } as const;
    changes.replaceChildren(
      ...diffWords(before, after).map(({ kind, text }) => element(doc, tags[kind], '', text)),
    );
  }

  function close(): void {
    root.hidden = true;
    actions.closed();
  }

  return {
    element: root,
    toggle() {
      if (!root.hidden) {
        close();
        return;
      }
      root.hidden = false;
      input.focus();
      input.select();
    },
    leave() {
      const hadFocus = root.contains(doc.activeElement);
      if (hadFocus) close();
      return hadFocus;
    },
    show(outcome) {
      showRunning(false);
      if ('error' in outcome) {
        const { message, advice } = outcome.error;
        status.textContent = `${message} ${advice}`.trim();
        return;
      }
      status.textContent = words.refined;
      // The box may have been edited while the model was running.
      keep(actions.text());
      keep(outcome.alt);
      actions.choose(outcome.alt);
      showVersions();
    },
  };
}
