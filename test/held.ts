/** A promise that the test resolves with `release`. */
export function held(): { readonly hold: Promise<void>; readonly release: () => void } {
  let release: () => void = () => undefined;
  const hold = new Promise<void>((resolve) => (release = resolve));
  return { hold, release };
}
