/** Creates an element with classes and text, in the given document (popout windows have their own). */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  doc: Document,
  tag: Tag,
  className: string,
  text = '',
): HTMLElementTagNameMap[Tag] {
  const made = doc.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/**
 * Creates the root of a view. Its direction is that of the interface, which only has languages written from left to
 * right; texts of users and models have their own.
 */
export function viewRoot(doc: Document, className: string): HTMLElement {
  const root = element(doc, 'div', className);
  root.dir = 'ltr';
  return root;
}

/** Whether it is an element. Windows have classes of their own, so `instanceof` fails for those of a popout. */
export function isElement(target: EventTarget | null): target is HTMLElement {
  return target !== null && 'closest' in target;
}

/** Returns the focus to an element, such as the one that had it before. */
export function focusOn(target: EventTarget | null): void {
  if (isElement(target)) target.focus();
}
