/** Obsidian shows as a tooltip what is an element's label. */
export function setTooltip(
  el: HTMLElement,
  tooltip: string,
  options?: { readonly placement?: string },
): void {
  el.setAttribute('aria-label', tooltip);
  if (options?.placement !== undefined) el.setAttribute('data-tooltip-position', options.placement);
}
