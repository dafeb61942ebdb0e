import type { App } from './app.ts';
import { Modal } from './modal.ts';
import { PluginSettingTab } from './plugin-setting-tab.ts';
import type { Plugin } from './plugin.ts';

/** The settings window, limited to the one plugin. */
export class SettingsWindow extends Modal {
  readonly #plugin: Plugin;

  constructor(app: App, plugin: Plugin) {
    super(app);
    this.#plugin = plugin;
    this.modalEl.addClass('mod-settings');
  }

  override onOpen(): void {
    this.setTitle(this.#plugin.manifest.name);
    for (const tab of this.#tabs()) {
      tab.containerEl.addClass('vertical-tab-content');
      this.contentEl.append(tab.containerEl);
      tab.draw__();
    }
  }

  override onClose(): void {
    for (const tab of this.#tabs()) tab.hide();
  }

  #tabs(): PluginSettingTab[] {
    const tabs: readonly unknown[] = this.#plugin.settingTabs__;
    return tabs.filter((tab) => tab instanceof PluginSettingTab);
  }
}
