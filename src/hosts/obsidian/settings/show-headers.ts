import { type App, SecretComponent, type Setting } from 'obsidian';
import { type Settings, validateField } from '../../../core/settings/settings.ts';
import type { Words } from '../messages/en.ts';
import { addIconButton } from './icon-button.ts';

export interface HeadersPorts {
  readonly words: Words;
  readonly settings: () => Settings;
  readonly change: (changes: Partial<Settings>) => Promise<void>;
}

/** Shows the headers, to remove them and add others. */
export function showHeaders(app: App, setting: Setting, { words, settings, change }: HeadersPorts): void {
  const labels = words.settings.headers;
  setting.settingEl.addClass('notesight-two-lines');
  const list = setting.controlEl.createDiv({ cls: 'notesight-headers' });

  /** @returns the box for the name */
  const addNew = (headers: Settings['headers']): HTMLInputElement => {
    const row = list.createDiv({ cls: 'notesight-header' });
    const name = row.createEl('input', {
      type: 'text',
      placeholder: labels.name,
      attr: { 'aria-label': labels.name, dir: 'ltr' },
    });
    let secret = '';
    // Settings are synced, so they contain only the name of the secret.
    const chooser = row.createDiv({ attr: { role: 'group', 'aria-label': labels.secret } });
    new SecretComponent(app, chooser).onChange((chosen) => {
      secret = chosen;
    });
    row.createEl('button', { text: labels.add }).addEventListener('click', () => {
      const added = [...headers, { name: name.value.trim(), secret }];
      const problem = validateField('headers', added);
      setting.setErrorMessage(problem === null ? null : words.settings.problems[problem]);
      if (problem === null) void change({ headers: added }).then(redraw);
    });
    return name;
  };
  const draw = (): HTMLInputElement => {
    list.empty();
    const { headers } = settings();
    for (const [index, header] of headers.entries()) {
      const row = list.createDiv({ cls: 'notesight-header' });
      row.createSpan({ text: `${header.name}: ${header.secret}` });
      addIconButton(row, 'x', `${labels.remove}: ${header.name}`, () => {
        void change({ headers: headers.filter((_, at) => at !== index) }).then(redraw);
      });
    }
    return addNew(headers);
  };
  /** Keeps the focus in the row, because the button that had it is gone. */
  const redraw = () => {
    draw().focus();
  };
  draw();
}
