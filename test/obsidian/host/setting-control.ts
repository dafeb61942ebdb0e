import type { SettingControl } from 'obsidian';
import type { Setting } from './setting.ts';

/**
 * Adds a declared control to a row.
 * @param value the initial value
 * @param changed called with each value set by the user
 */
export function addSettingControl(
  setting: Setting,
  control: SettingControl,
  value: unknown,
  changed: (value: string | number | boolean) => void,
): void {
  switch (control.type) {
    case 'toggle':
      setting.addToggle((toggle) => toggle.setValue(value === true).onChange(changed));
      break;
    case 'dropdown':
      setting.addDropdown((dropdown) =>
        dropdown.addOptions(control.options).setValue(text(value)).onChange(changed),
      );
      break;
    case 'text':
      setting.addText((field) =>
        field
          .setPlaceholder(control.placeholder ?? '')
          .setValue(text(value))
          .onChange(changed),
      );
      break;
    case 'textarea':
      setting.addTextArea((area) => {
        area.inputEl.rows = control.rows ?? 3;
        area
          .setPlaceholder(control.placeholder ?? '')
          .setValue(text(value))
          .onChange(changed);
      });
      break;
    case 'number':
      setting.addText((field) => {
        const { inputEl } = field;
        inputEl.type = 'number';
        inputEl.min = text(control.min);
        inputEl.max = text(control.max);
        inputEl.step = text(control.step ?? 'any');
        field.setPlaceholder(control.placeholder ?? '').setValue(text(value));
        inputEl.addEventListener('change', () => {
          if (inputEl.validity.valid && inputEl.value !== '') changed(inputEl.valueAsNumber);
        });
      });
      break;
    case 'slider':
      setting.addSlider((slider) =>
        slider.setLimits(control.min, control.max, control.step).setValue(Number(value)).onChange(changed),
      );
      break;
    case 'color':
    case 'file':
    case 'folder':
      throw new Error(`A setting of type '${control.type}' is not modelled.`);
  }
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
