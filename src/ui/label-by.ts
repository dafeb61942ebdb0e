let labels = 0;

/**
 * Labels an element for screen readers with the text of other elements, in order; they may be hidden. (Obsidian shows
 * a tooltip for every `aria-label`, even on a whole row.)
 */
export function labelBy(target: HTMLElement, ...by: readonly HTMLElement[]): void {
  for (const label of by) label.id ||= `notesight-label-${labels++}`;
  target.setAttribute('aria-labelledby', by.map(({ id }) => id).join(' '));
}
