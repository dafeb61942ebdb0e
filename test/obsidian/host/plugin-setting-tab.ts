import type * as obsidian from 'obsidian';
import * as mocks from 'obsidian-test-mocks/obsidian';
import { addSettingControl } from './setting-control.ts';
import { SettingGroup } from './setting-group.ts';
import { Setting } from './setting.ts';

type Definition = obsidian.SettingDefinition | obsidian.SettingDefinitionPage;

/** A row or group with the conditions for showing and enabling it, evaluated each time. */
interface Rendered {
  refresh(): void;
}

/** A settings tab declared by `getSettingDefinitions()`, rendered as rows. */
export abstract class PluginSettingTab extends mocks.PluginSettingTab {
  #rendered: Rendered[] = [];
  #cleanUps: (() => void)[] = [];

  override getControlValue(key: string): unknown {
    return settingsOf(this.plugin__)[key];
  }

  override setControlValue(key: string, value: unknown): unknown {
    settingsOf(this.plugin__)[key] = value;
    return this.plugin__.saveData(this.plugin__.settings);
  }

  /** Renders all rows again. */
  draw__(): void {
    this.#forgetRows();
    this.settingItems = this.getSettingDefinitions();
    let loose: SettingGroup | null = null;
    for (const item of this.settingItems) {
      if ('type' in item && item.type !== 'page') {
        loose = null;
        this.#addGroup(item);
      } else {
        loose ??= new SettingGroup(this.containerEl);
        this.#addRow(item, loose);
      }
    }
    this.refreshDomState();
  }

  override update(): void {
    if (this.containerEl.isConnected) this.draw__();
    else this.settingItems = this.getSettingDefinitions();
  }

  override refreshDomState(): void {
    for (const rendered of this.#rendered) rendered.refresh();
  }

  override hide(): void {
    this.#forgetRows();
    this.containerEl.remove();
  }

  #forgetRows(): void {
    for (const cleanUp of this.#cleanUps) cleanUp();
    this.#cleanUps = [];
    this.#rendered = [];
    this.containerEl.empty();
  }

  #addGroup(definition: obsidian.SettingDefinitionGroup): void {
    const group = new SettingGroup(this.containerEl);
    if (definition.heading !== undefined) group.setHeading(definition.heading);
    if (definition.cls !== undefined) group.addClass(...definition.cls.split(' '));
    for (const addButton of definition.extraButtons ?? []) group.addExtraButton(addButton);
    for (const item of definition.items ?? []) this.#addRow(item, group);
    this.#rendered.push({
      refresh: () => {
        group.groupEl__.toggle(answer(definition.visible, true));
      },
    });
  }

  #addRow(definition: Definition, group: SettingGroup): void {
    if ('type' in definition) throw new Error('Pages of settings are not modelled.');
    const setting = new Setting(group.listEl).setName(definition.name).setDesc(definition.desc ?? '');
    const { action, control, render } = definition;
    if (render) {
      const cleanUp = render(setting.asOriginalType__(), group.asOriginalType__());
      if (cleanUp) this.#cleanUps.push(cleanUp);
    } else if (action) {
      setting.settingEl.addClass('mod-action');
      setting.settingEl.addEventListener('click', () => {
        action(setting.settingEl, 0);
      });
    } else if (control) {
      const value = this.getControlValue(control.key) ?? control.defaultValue;
      addSettingControl(setting, control, value, (given) => void this.#accept(setting, control, given));
    }
    const disabled = control?.disabled ?? ('disabled' in definition ? definition.disabled : undefined);
    this.#rendered.push({
      refresh: () => {
        setting.settingEl.toggle(answer(definition.visible, true));
        if (disabled !== undefined) setting.setDisabled(answer(disabled, false));
      },
    });
  }

  /** An invalid value is reported under the control and not saved. */
  async #accept(
    setting: Setting,
    control: obsidian.SettingControl,
    value: string | number | boolean,
  ): Promise<void> {
    const validate = control.validate as ((value: unknown) => unknown) | undefined;
    const objection = await validate?.(value);
    setting.setErrorMessage(typeof objection === 'string' ? objection : null);
    if (typeof objection === 'string') return;
    await this.setControlValue(control.key, value);
    this.refreshDomState();
  }
}

function settingsOf(plugin: mocks.Plugin): Record<string, unknown> {
  plugin.settings ??= {};
  return plugin.settings as Record<string, unknown>;
}

function answer(question: boolean | (() => boolean) | undefined, otherwise: boolean): boolean {
  return typeof question === 'function' ? question() : (question ?? otherwise);
}
