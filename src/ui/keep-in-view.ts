/**
 * Changes what scrolls, and keeps one element where a person sees it. (The browser's own scroll anchoring holds
 * on to the topmost element, and iOS has none.) Where it is scrolled out of sight, the browser is left to it.
 */
export function keepInView(scroller: HTMLElement, kept: HTMLElement, change: () => void): void {
  const frame = scroller.getBoundingClientRect();
  const before = kept.getBoundingClientRect();
  change();
  if (before.bottom <= frame.top || before.top >= frame.bottom) return;
  const moved = kept.getBoundingClientRect().top - before.top;
  if (moved !== 0) scroller.scrollTop += moved;
}
