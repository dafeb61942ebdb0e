import type * as obsidian from 'obsidian';
import * as mocks from 'obsidian-test-mocks/obsidian';
import { ExtraButtonComponent } from './setting-components.ts';
import { Setting } from './setting.ts';

/** A group of rows with a heading. */
export class SettingGroup extends mocks.SettingGroup {
  readonly #heading = createDiv('setting-group-heading');

  constructor(containerEl: HTMLElement) {
    super(containerEl);
    this.groupEl__.addClass('setting-group');
    this.listEl.addClass('setting-items');
  }

  override addClass(...classes: string[]): this {
    this.groupEl__.addClass(...classes);
    return this;
  }

  override setHeading(text: string | DocumentFragment): this {
    this.#heading.replaceChildren(text);
    this.groupEl__.prepend(this.#heading);
    return this;
  }

  override addSetting(cb: (setting: obsidian.Setting) => void): this {
    cb(new Setting(this.listEl).asOriginalType__());
    return this;
  }

  override addExtraButton(cb: (component: obsidian.ExtraButtonComponent) => unknown): this {
    this.groupEl__.prepend(this.#heading);
    cb(new ExtraButtonComponent(this.#heading).asOriginalType2__());
    return this;
  }
}
