/** Obsidian shows the label as a tooltip. It is the element's name, too. */
export function setTooltip(el: HTMLElement, tooltip: string): void {
  el.setAttribute('aria-label', tooltip);
}
