import { Menu } from 'obsidian';
import type { ShowMenu } from '../../ui/menu/menu.ts';

/** Shows Obsidian's own menu. */
export const showMenu: ShowMenu = (groups, at) => {
  const menu = new Menu();
  for (const group of groups.filter(({ length }) => length > 0)) {
    if (group !== groups[0]) menu.addSeparator();
    for (const { label, run, isOn } of group) {
      menu.addItem((item) => {
        item.setTitle(label).onClick(run);
        if (isOn !== undefined) item.setChecked(isOn);
      });
    }
  }
  if ('clientX' in at) {
    menu.showAtMouseEvent(at);
    return;
  }
  const { left, bottom } = at.getBoundingClientRect();
  menu.onHide(() => {
    at.focus();
  });
  menu.showAtPosition({ x: left, y: bottom }, at.ownerDocument);
};
