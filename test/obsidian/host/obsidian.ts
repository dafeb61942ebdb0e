// The module `obsidian` that the plugin gets: the mocks for the vault and the settings, our own where a test needs the
// real thing.
import type { CliFlags, CliHandler, Command } from 'obsidian';
import * as mocks from 'obsidian-test-mocks/obsidian';
import { host } from './host.ts';

export * from 'obsidian-test-mocks/obsidian';
export { editorInfoField, MarkdownView } from './markdown-view.ts';
export { requestUrl } from './network.ts';
export { Menu, Modal, Notice } from './windows.ts';

export function getLanguage(): string {
  return host.language;
}

export function setTooltip(element: HTMLElement, tooltip: string): void {
  element.ariaLabel = tooltip;
}

export function setIcon(element: HTMLElement, icon: string): void {
  element.dataset['icon'] = icon;
}

export class Plugin extends mocks.Plugin {
  override addCommand(command: Command): Command {
    const id = `${this.manifest.id}:${command.id}`;
    host.commands.set(id, command);
    this.register(() => host.commands.delete(id));
    return command;
  }

  override addRibbonIcon(_icon: string, title: string, run: (event: MouseEvent) => unknown): HTMLElement {
    const button = document.querySelector('.ribbon')?.createEl('button', { text: title });
    if (!button) throw new Error('no ribbon');
    button.onclick = run;
    this.register(() => {
      button.remove();
    });
    return button;
  }

  override addStatusBarItem(): HTMLElement {
    const item = document.querySelector('.status-bar')?.createDiv({ cls: 'status-bar-item' });
    if (!item) throw new Error('no status bar');
    this.register(() => {
      item.remove();
    });
    return item;
  }

  override registerEditorExtension(extension: (typeof host.editorExtensions)[number]): void {
    host.editorExtensions.push(extension);
  }

  override registerCliHandler(
    command: string,
    _description: string,
    _flags: CliFlags | null,
    handler: CliHandler,
  ): void {
    host.cliHandlers.set(command, handler);
  }

  override loadData(): Promise<unknown> {
    return Promise.resolve(host.data);
  }

  override saveData(data: unknown): Promise<void> {
    host.data = structuredClone(data);
    return Promise.resolve();
  }
}
