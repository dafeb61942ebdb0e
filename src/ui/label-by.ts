let labels = 0;

/**
 * Names an element for screen readers by the text of others, one after the other; they may be hidden.
 * (Obsidian makes a tooltip of each `aria-label`, also of one on a whole row.)
 */
export function labelBy(target: HTMLElement, ...by: readonly HTMLElement[]): void {
  for (const label of by) label.id ||= `notesight-label-${labels++}`;
  target.setAttribute('aria-labelledby', by.map(({ id }) => id).join(' '));
}
