/**
 * Changes the scroller's content while keeping one element at its position on the screen. (Scroll anchoring in
 * browsers tracks the topmost element, and iOS has none.) If the element is scrolled out of view, the browser handles
 * it.
 */
export function keepInView(scroller: HTMLElement, kept: HTMLElement, change: () => void): void {
  const frame = scroller.getBoundingClientRect();
  const before = kept.getBoundingClientRect();
  change();
  if (before.bottom <= frame.top || before.top >= frame.bottom) return;
  const moved = kept.getBoundingClientRect().top - before.top;
  if (moved !== 0) scroller.scrollTop += moved;
}
