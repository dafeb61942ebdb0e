import { button } from './button.ts';
import { element } from './dom.ts';
import type { VersionWords } from './version-words.ts';

/** Numbers of versions, starting at 1. */
export interface Versions {
  readonly current: number;
  readonly count: number;
}

/** Switches between versions of a text; hidden if there is only one. */
export interface VersionSwitch {
  readonly element: HTMLElement;
  show(versions: Versions): void;
}

/** @param choose called with a version number, starting at 1 */
export function createVersionSwitch(
  doc: Document,
  words: VersionWords,
  choose: (version: number) => void,
): VersionSwitch {
  let shown = { current: 1, count: 1 };
  const root = element(doc, 'div', 'notesight-versions');
  root.role = 'group';
  const step = (label: string, text: string, by: number) => {
    const made = button(doc, 'notesight-tool', text, () => {
      choose(shown.current + by);
    });
    made.ariaLabel = label;
    made.title = label;
    return made;
  };
  const previous = step(words.previousVersion, '‹', -1);
  const next = step(words.nextVersion, '›', 1);
  const place = element(doc, 'span', 'notesight-version');
  root.append(previous, place, next);

  return {
    element: root,
    show(versions) {
      shown = versions;
      const { current, count } = versions;
      root.hidden = count < 2;
      root.ariaLabel = words.version(current, count);
      place.textContent = `${current} / ${count}`;
      previous.disabled = current <= 1;
      next.disabled = current >= count;
    },
  };
}
