import type { Extension } from '@codemirror/state';
import type { CliFlags, CliHandler, Command, PluginSettingTab, ViewCreator } from 'obsidian';
import * as mocks from 'obsidian-test-mocks/obsidian';
import type { App } from './app.ts';
import { setIcon } from './icons.ts';

/** The mock connected to the app's registries and with `data.json` on disk. Unloading reverts everything. */
export abstract class Plugin extends mocks.Plugin {
  declare app: App;

  /** Modifies the given command, like Obsidian does. */
  override addCommand(command: Command): Command {
    const { commands } = this.app.commands;
    command.id = `${this.manifest.id}:${command.id}`;
    command.name = `${this.manifest.name}: ${command.name}`;
    commands.set(command.id, command);
    this.register(() => commands.delete(command.id));
    return command;
  }

  override removeCommand(commandId: string): void {
    this.app.commands.commands.delete(`${this.manifest.id}:${commandId}`);
  }

  override addRibbonIcon(icon: string, title: string, callback: (event: MouseEvent) => unknown): HTMLElement {
    const action = createDiv({
      cls: 'clickable-icon side-dock-ribbon-action',
      attr: { 'aria-label': title },
    });
    setIcon(action, icon);
    action.addEventListener('click', callback);
    return this.#shown(action, this.app.shell.ribbon);
  }

  override addStatusBarItem(): HTMLElement {
    const item = createDiv(`status-bar-item plugin-${this.manifest.id}`);
    // A phone shows no status bar.
    return mocks.Platform.isMobile ? item : this.#shown(item, this.app.shell.statusBar);
  }

  override addSettingTab(settingTab: PluginSettingTab): void {
    super.addSettingTab(settingTab);
    // Obsidian requests the definitions immediately, for its search.
    settingTab.getSettingDefinitions();
    this.register(() => {
      settingTab.containerEl.remove();
    });
  }

  override registerView(type: string, viewCreator: ViewCreator): void {
    const { workspace } = this.app;
    if (workspace.viewCreators.has(type))
      throw new Error(`Attempting to register an existing view type "${type}"`);
    workspace.viewCreators.set(type, viewCreator);
    this.register(() => {
      workspace.detachLeavesOfType(type);
      workspace.viewCreators.delete(type);
    });
  }

  override registerEditorExtension(extension: Extension): void {
    const { workspace } = this.app;
    workspace.editorExtensions.push(extension);
    workspace.updateOptions();
    this.register(() => {
      workspace.editorExtensions.splice(workspace.editorExtensions.indexOf(extension), 1);
      workspace.updateOptions();
    });
  }

  override registerCliHandler(
    command: string,
    _description: string,
    _flags: CliFlags | null,
    handler: CliHandler,
  ): void {
    const { cliHandlers } = this.app;
    if (cliHandlers.has(command)) throw new Error(`The CLI command '${command}' is registered already.`);
    cliHandlers.set(command, handler);
    this.register(() => cliHandlers.delete(command));
  }

  override async loadData(): Promise<unknown> {
    const { disk } = this.app.vault;
    const path = this.#dataPath();
    return (await disk.exists(path)) ? (JSON.parse(await disk.read(path)) as unknown) : null;
  }

  override async saveData(data: unknown): Promise<void> {
    await this.app.vault.disk.write(this.#dataPath(), JSON.stringify(data, null, 2));
  }

  #dataPath(): string {
    return `${this.app.vault.configDir}/plugins/${this.manifest.id}/data.json`;
  }

  #shown(el: HTMLElement, parent: HTMLElement): HTMLElement {
    parent.append(el);
    this.register(() => {
      el.remove();
    });
    return el;
  }
}
