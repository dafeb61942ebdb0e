import { setIcon } from './icons.ts';
import type { Place } from './workspace-leaf.ts';

/** The window around the panes. */
export interface Shell {
  readonly ribbon: HTMLElement;
  readonly docks: Readonly<Record<Place, HTMLElement>>;
  readonly fileList: HTMLElement;
  readonly statusBar: HTMLElement;
  /** A button of Obsidian's own, at the foot of the ribbon. */
  addOwnButton(icon: string, title: string, click: () => void): void;
}

export function createShell(): Shell {
  const container = document.body.createDiv('app-container');
  const ribbon = container.createDiv('side-dock-ribbon');
  const actions = ribbon.createDiv('side-dock-actions');
  const own = ribbon.createDiv('side-dock-settings');
  const left = container.createDiv('workspace-split mod-left-split');
  const fileList = left.createDiv('nav-files-container');
  const root = container.createDiv('workspace-split mod-root');
  const right = container.createDiv('workspace-split mod-right-split');
  const statusBar = document.body.createDiv('status-bar');
  return {
    ribbon: actions,
    docks: { root, left, right },
    fileList,
    statusBar,
    addOwnButton(icon, title, click) {
      const button = own.createDiv({ cls: 'clickable-icon', attr: { 'aria-label': title } });
      setIcon(button, icon);
      button.addEventListener('click', click);
    },
  };
}
