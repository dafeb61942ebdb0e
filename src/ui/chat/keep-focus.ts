/** Tab goes round among these, and leaves out what can't have the focus. */
export function keepFocus(event: KeyboardEvent, among: readonly (HTMLElement | undefined)[]): void {
  const there = among.filter((each) => each !== undefined && !each.hidden);
  const at = there.findIndex((each) => each === event.target);
  there[(at + (event.shiftKey ? there.length - 1 : 1)) % there.length]?.focus();
}
