import * as mocks from 'obsidian-test-mocks/obsidian';
import { setIcon } from './icons.ts';
import { addViewHeader } from './view-header.ts';
import type { WorkspaceLeaf } from './workspace-leaf.ts';

/** The mock with Obsidian's DOM: a header with actions, then the content. */
export abstract class ItemView extends mocks.ItemView {
  constructor(leaf: WorkspaceLeaf) {
    super(leaf);
    addViewHeader(this.containerEl, this.contentEl);
  }

  override addAction(icon: string, title: string, callback: (event: MouseEvent) => unknown): HTMLElement {
    const action = createEl('button', { cls: 'clickable-icon view-action', attr: { 'aria-label': title } });
    setIcon(action, icon);
    action.addEventListener('click', callback);
    this.containerEl.querySelector('.view-actions')?.prepend(action);
    return action;
  }
}
