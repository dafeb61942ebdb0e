import type * as obsidian from 'obsidian';
import * as mocks from 'obsidian-test-mocks/obsidian';
import {
  ButtonComponent,
  DropdownComponent,
  ExtraButtonComponent,
  SliderComponent,
  TextAreaComponent,
  TextComponent,
  ToggleComponent,
} from './setting-components.ts';

/** The mock with Obsidian's classes and working components. */
export class Setting extends mocks.Setting {
  constructor(containerEl: HTMLElement) {
    super(containerEl);
    this.settingEl.addClass('setting-item');
    this.infoEl.addClass('setting-item-info');
    this.nameEl.addClass('setting-item-name');
    this.descEl.addClass('setting-item-description');
    this.controlEl.addClass('setting-item-control');
    this.settingEl.append(this.infoEl, this.controlEl);
  }

  override addButton(cb: (component: obsidian.ButtonComponent) => unknown): this {
    const button = this.#with(new ButtonComponent(this.controlEl));
    cb(button.asOriginalType2__());
    return this;
  }

  override addExtraButton(cb: (component: obsidian.ExtraButtonComponent) => unknown): this {
    const button = this.#with(new ExtraButtonComponent(this.controlEl));
    cb(button.asOriginalType2__());
    return this;
  }

  override addToggle(cb: (component: obsidian.ToggleComponent) => unknown): this {
    const toggle = this.#with(new ToggleComponent(this.controlEl));
    cb(toggle.asOriginalType3__());
    return this;
  }

  override addDropdown(cb: (component: obsidian.DropdownComponent) => unknown): this {
    const dropdown = this.#with(new DropdownComponent(this.controlEl));
    cb(dropdown.asOriginalType3__());
    return this;
  }

  override addText(cb: (component: obsidian.TextComponent) => unknown): this {
    const text = this.#with(new TextComponent(this.controlEl));
    cb(text.asOriginalType4__());
    return this;
  }

  override addTextArea(cb: (component: obsidian.TextAreaComponent) => unknown): this {
    const area = this.#with(new TextAreaComponent(this.controlEl));
    cb(area.asOriginalType4__());
    return this;
  }

  override addSlider(cb: (component: obsidian.SliderComponent) => unknown): this {
    const slider = this.#with(new SliderComponent(this.controlEl));
    cb(slider.asOriginalType3__());
    return this;
  }

  override setName(name: string | DocumentFragment): this {
    this.nameEl.replaceChildren(name);
    return this;
  }

  override setDesc(desc: string | DocumentFragment): this {
    this.descEl.replaceChildren(desc);
    return this;
  }

  override setDisabled(disabled: boolean): this {
    for (const component of this.components) component.setDisabled(disabled);
    return super.setDisabled(disabled);
  }

  override setErrorMessage(message: string | null): this {
    super.setErrorMessage(message);
    this.errorEl?.addClass('setting-item-error');
    return this;
  }

  override clear(): this {
    this.controlEl.empty();
    return super.clear();
  }

  #with<T extends mocks.BaseComponent>(component: T): T {
    this.components.push(component);
    return component;
  }
}
