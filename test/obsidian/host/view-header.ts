/** The header of every view; plugins rely on `containerEl.children[1]` being the content. */
export function addViewHeader(containerEl: HTMLElement, contentEl: HTMLElement): void {
  containerEl.addClass('workspace-leaf-content');
  contentEl.addClass('view-content');
  const header = createDiv('view-header');
  header.createDiv('view-header-title');
  header.createDiv('view-actions');
  containerEl.prepend(header);
}

/** Sets the view's name and type when it opens, because they are known only then. */
export function nameView(containerEl: HTMLElement, title: string, type: string): void {
  containerEl.dataset['type'] = type;
  containerEl.querySelector('.view-header-title')?.setText(title);
}
