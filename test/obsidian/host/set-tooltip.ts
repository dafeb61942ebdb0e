/** Obsidian shows the label as a tooltip. It is also the element's accessible name. */
export function setTooltip(el: HTMLElement, tooltip: string): void {
  el.setAttribute('aria-label', tooltip);
}
