import { setIcon } from 'obsidian';

/** Adds a button that only shows an icon. @param label its name, also shown as a tooltip */
export function addIconButton(
  parent: HTMLElement,
  icon: string,
  label: string,
  click: () => void,
): HTMLButtonElement {
  const button = parent.createEl('button', { cls: 'clickable-icon', attr: { 'aria-label': label } });
  setIcon(button, icon);
  button.addEventListener('click', click);
  return button;
}
