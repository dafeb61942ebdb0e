/** The bar over the content of every view; `containerEl.children[1]` is the content, which plugins rely on. */
export function addViewHeader(containerEl: HTMLElement, contentEl: HTMLElement): void {
  containerEl.addClass('workspace-leaf-content');
  contentEl.addClass('view-content');
  const header = createDiv('view-header');
  header.createDiv('view-header-title');
  header.createDiv('view-actions');
  containerEl.prepend(header);
}

/** Says the view's name and type; done when it is opened, for only then it knows them. */
export function nameView(containerEl: HTMLElement, title: string, type: string): void {
  containerEl.dataset['type'] = type;
  containerEl.querySelector('.view-header-title')?.setText(title);
}
