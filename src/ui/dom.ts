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
