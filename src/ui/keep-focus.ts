/** Tab cycles through these elements and skips those that can't be focused. */
export function keepFocus(event: KeyboardEvent, among: readonly (HTMLElement | undefined)[]): void {
  const there = among.filter((each) => each !== undefined && !each.hidden);
  const at = there.findIndex((each) => each === event.target);
  there[(at + (event.shiftKey ? there.length - 1 : 1)) % there.length]?.focus();
}
