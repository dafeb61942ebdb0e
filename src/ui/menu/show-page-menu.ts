import { button } from '../button.ts';
import { element, focusOn, isElement, viewRoot } from '../dom.ts';
import type { MenuGroups } from './menu.ts';

/** Pixels between a menu and the edge of the window. */
const MARGIN = 4;

/** Shows a menu for hosts that have none of their own for a web page. */
export function showPageMenu(groups: MenuGroups, at: HTMLElement | MouseEvent): void {
  const target = 'clientX' in at ? at.target : at;
  if (!isElement(target)) return;
  const doc = target.ownerDocument;
  const before = 'clientX' in at ? doc.activeElement : at;
  const menu = viewRoot(doc, 'notesight-menu');
  menu.role = 'menu';
  const items: HTMLButtonElement[] = [];
  for (const group of groups.filter(({ length }) => length > 0)) {
    if (items.length > 0) menu.append(element(doc, 'hr', 'notesight-menu-line'));
    for (const { label, run, isOn } of group) {
      const item = button(doc, 'notesight-menu-item', label, () => {
        close();
        run();
      });
      item.role = isOn === undefined ? 'menuitem' : 'menuitemcheckbox';
      if (isOn !== undefined) item.ariaChecked = String(isOn);
      item.tabIndex = -1;
      items.push(item);
      menu.append(item);
    }
  }

  function close(): void {
    menu.remove();
    doc.removeEventListener('pointerdown', closeOutside, true);
    doc.defaultView?.removeEventListener('blur', close);
    focusOn(before);
  }

  function closeOutside({ target: pressed }: Event): void {
    if (!(isElement(pressed) && menu.contains(pressed))) close();
  }

  menu.addEventListener('keydown', (event) => {
    event.stopPropagation();
    const current = items.findIndex((item) => item === doc.activeElement);
    const next = {
      ArrowDown: (current + 1) % items.length,
      ArrowUp: (current + items.length - 1) % items.length,
      Home: 0,
      End: items.length - 1,
    }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (next !== undefined) items[next]?.focus();
    else return;
    event.preventDefault();
  });
  doc.addEventListener('pointerdown', closeOutside, true);
  doc.defaultView?.addEventListener('blur', close);
  doc.body.append(menu);
  place(menu, at);
  items[0]?.focus();
}

/** Places the menu below its button or at the pointer, inside the window. */
function place(menu: HTMLElement, at: HTMLElement | MouseEvent): void {
  const view = menu.ownerDocument.defaultView;
  if (view === null) return;
  const { width, height } = menu.getBoundingClientRect();
  const { left, top: start, bottom: below } = 'clientX' in at ? pointAt(at) : at.getBoundingClientRect();
  const above = start - height;
  const top = below + height + MARGIN <= view.innerHeight ? below : above;
  menu.style.left = `${Math.max(MARGIN, Math.min(left, view.innerWidth - width - MARGIN))}px`;
  menu.style.top = `${Math.max(MARGIN, Math.min(top, view.innerHeight - height - MARGIN))}px`;
}

const pointAt = ({ clientX, clientY }: MouseEvent) => ({ left: clientX, top: clientY, bottom: clientY });
