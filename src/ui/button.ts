import { element } from './dom.ts';

export function button(doc: Document, className: string, text: string, click: () => void): HTMLButtonElement {
  const made = element(doc, 'button', className, text);
  made.type = 'button';
  made.addEventListener('click', click);
  return made;
}
