import { type App, type Plugin, PluginSettingTab, SecretComponent, type Setting } from 'obsidian';
import type { ModelSources } from '../../../core/servers/server-pool.ts';
import type { ServerAddress } from '../../../core/settings/server-list.ts';
import type { FolderRule, SettingKey, Settings } from '../../../core/settings/settings.ts';
import { type RecognizerPackPorts, showRecognizerPack } from '../recognizers/show-recognizer-pack.ts';
import { fromControl, toControl } from './control-values.ts';
import { ServerChecks } from './server-checks.ts';
import { settingDefinitions } from './settings-definitions.ts';
import { showDifferent, showFolderRules } from './show-folder-rules.ts';
import { showDownload } from './show-download.ts';
import { showHeaders } from './show-headers.ts';
import { showLanguage } from './show-language.ts';
import type { Prompt } from '../../../core/prompts/prompt.ts';
import { showAltPrompt } from './show-alt-prompt.ts';
import { showPrompts } from './show-prompts.ts';
import { showModels } from './show-models.ts';
import { showStyle } from './show-style.ts';
import { showServers } from './show-servers.ts';
import { showSkippedImages, type SkippedImagesPorts } from './show-skipped-images.ts';
import type { StoredServers } from './stored-servers.ts';
import type { WatchedDownload } from './watched-download.ts';

export interface SettingsPorts extends RecognizerPackPorts, SkippedImagesPorts {
  readonly settings: () => Settings;
  readonly change: (changes: Partial<Settings>) => Promise<void>;
  readonly storedServers: StoredServers;
  /** @throws NotesightError if a header is invalid */
  readonly serversAt: (addresses: readonly ServerAddress[]) => ModelSources;
  readonly download: WatchedDownload;
}

/** The settings tab: declarative, so that Obsidian's search finds every row, with live rows for the server. */
export class NotesightSettingTab extends PluginSettingTab {
  readonly #ports: SettingsPorts;
  readonly #checks: ServerChecks;
  readonly #promptDrafts = new Map<string, Prompt>();
  readonly #folderDrafts = new Map<string, FolderRule>();
  /** Show a row again that depends on other settings, by the name of the row. */
  readonly #redraws = new Map<string, () => void>();

  constructor(app: App, plugin: Plugin, ports: SettingsPorts) {
    super(app, plugin);
    this.#ports = ports;
    this.#checks = new ServerChecks(ports.serversAt);
    this.containerEl.addClass('notesight-settings');
  }

  override getSettingDefinitions() {
    const ports = { ...this.#ports, checks: this.#checks };
    const onChange = () => {
      for (const redraw of this.#redraws.values()) redraw();
    };
    const showWhereDifferent = (setting: Setting, field: 'language' | 'style' | 'altPrompt') => {
      this.#redraws.set(`different ${field}`, showDifferent(setting, field, ports));
    };
    return settingDefinitions(ports.words, {
      servers: (setting) => showServers(setting, ports),
      model: (setting) => showModels(setting, ports),
      pull: (setting) => {
        const onEnd = () => {
          this.#checks.again();
        };
        return showDownload(setting, { ...ports, onEnd });
      },
      language: (setting) => {
        showLanguage(setting, ports);
        showWhereDifferent(setting, 'language');
      },
      style: (setting) => {
        showStyle(setting, ports);
        showWhereDifferent(setting, 'style');
      },
      webSearchSecret: (setting) => {
        this.#showSecret(setting, 'webSearchSecret');
      },
      pack: (setting) => showRecognizerPack(setting, ports),
      tokenSecret: (setting) => {
        this.#showSecret(setting, 'tokenSecret');
      },
      headers: (setting) => {
        showHeaders(this.app, setting, ports);
      },
      altPrompt: (setting) => {
        this.#redraws.set('altPrompt', showAltPrompt(setting, ports));
        showWhereDifferent(setting, 'altPrompt');
      },
      prompts: (setting) => {
        showPrompts(this.app, setting, { ...ports, promptDrafts: this.#promptDrafts, onChange });
      },
      folderRules: (setting) => {
        const rulesPorts = { ...ports, folderDrafts: this.#folderDrafts, onChange };
        this.#redraws.set('folderRules', showFolderRules(this.app, setting, rulesPorts));
      },
      skipped: (setting) => {
        showSkippedImages(setting, ports);
      },
    });
  }

  override getControlValue(key: string): unknown {
    return toControl(this.#ports.settings(), key as SettingKey);
  }

  override async setControlValue(key: string, value: unknown): Promise<void> {
    await this.#ports.change({ [key]: fromControl(key as SettingKey, value) });
  }

  override hide(): void {
    super.hide();
    this.#checks.close();
  }

  #showSecret(setting: Setting, key: 'tokenSecret' | 'webSearchSecret'): void {
    new SecretComponent(this.app, setting.controlEl)
      .setValue(this.#ports.settings()[key])
      .onChange(async (secret) => {
        await this.#ports.change({ [key]: secret });
        if (key === 'tokenSecret') this.#checks.again();
      });
  }
}
