/** A new element with classes and text. The document is the one it will stand in: a popout window has its own. */
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
