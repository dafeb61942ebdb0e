import { setIcon } from 'obsidian';
import type { ServerEntry } from '../../../core/settings/server-list.ts';
import { CONCURRENCY } from '../../../core/settings/settings.ts';
import type { Words } from '../messages/en.ts';
import { addIconButton } from './icon-button.ts';

export interface RowPorts {
  readonly words: Words['settings']['servers'];
  readonly entry: ServerEntry;
  readonly index: number;
  /** The number of rows. */
  readonly count: number;
  readonly actions: RowActions;
}

export interface RowActions {
  /** Called with each key. */
  readonly typed: (address: string) => void;
  /** Called when the user left the box or pressed Enter. */
  readonly entered: (address: string) => void;
  readonly chose: (options: Partial<Pick<ServerEntry, 'atOnce' | 'takesToken'>>) => void;
  readonly test: () => void;
  /** @param by -1 for up, 1 for down */
  readonly move: (by: -1 | 1) => void;
  readonly remove: () => void;
}

/** The state of a server as text, and whether it needs the user's attention. */
export interface RowState {
  readonly text: string;
  readonly kind: 'pending' | 'ready' | 'failed' | 'invalid';
}

/** A server in the settings: its address, options, and state. */
export interface ServerRow {
  /** @param state null for none */
  show(state: RowState | null): void;
  /** Focuses a part, or the opposite button if the row can't move any further. */
  focus(part: 'address' | 'up' | 'down'): void;
}

const ICONS: Readonly<Record<RowState['kind'], string>> = {
  pending: 'loader',
  ready: 'check',
  failed: 'alert-triangle',
  invalid: 'alert-triangle',
};

export function addServerRow(list: HTMLElement, ports: RowPorts): ServerRow {
  const row = list.createDiv({ cls: 'notesight-server', attr: { role: 'listitem' } });
  const line = row.createDiv({ cls: 'notesight-server-line' });
  const address = addAddress(line, ports);
  const buttons = addButtons(line, ports);
  // A single server takes its number of requests from the setting for all servers.
  if (ports.count > 1 || ports.entry.atOnce !== null) addOptions(row, ports);
  const state = row.createDiv({ cls: 'notesight-server-state' });
  const icon = state.createSpan({ attr: { 'aria-hidden': 'true' } });
  const said = state.createSpan({ attr: { role: 'status' } });
  return {
    show(shown) {
      said.setText(shown?.text ?? '');
      icon.empty();
      if (shown !== null) setIcon(icon, ICONS[shown.kind]);
      row.dataset['state'] = shown?.kind ?? '';
      address.ariaInvalid = String(shown?.kind === 'invalid');
    },
    focus(part) {
      const { up, down } = buttons;
      if (part === 'address' || up === undefined || down === undefined) address.focus();
      else if (part === 'up') (up.disabled ? down : up).focus();
      else (down.disabled ? up : down).focus();
    },
  };
}

function addAddress(line: HTMLElement, { words, entry, index, count, actions }: RowPorts): HTMLInputElement {
  const input = line.createEl('input', {
    type: 'text',
    value: entry.address,
    placeholder: words.placeholder,
    attr: {
      'aria-label': count > 1 ? words.addressOf(index + 1) : words.address,
      dir: 'ltr',
      spellcheck: 'false',
      autocapitalize: 'off',
    },
  });
  input.addEventListener('input', () => {
    actions.typed(input.value.trim());
  });
  input.addEventListener('change', () => {
    actions.entered(input.value);
  });
  return input;
}

function addButtons(
  line: HTMLElement,
  { words, index, count, actions }: RowPorts,
): { readonly up?: HTMLButtonElement; readonly down?: HTMLButtonElement } {
  const buttons = line.createDiv({ cls: 'notesight-server-buttons' });
  buttons.createEl('button', { text: words.test }).addEventListener('click', actions.test);
  if (count === 1) return {};
  const addIcon = (icon: string, label: string, run: () => void) =>
    addIconButton(buttons, icon, `${label}: ${index + 1}`, run);
  const up = addIcon('arrow-up', words.up, () => {
    actions.move(-1);
  });
  const down = addIcon('arrow-down', words.down, () => {
    actions.move(1);
  });
  up.disabled = index === 0;
  down.disabled = index === count - 1;
  addIcon('x', words.remove, actions.remove);
  return { up, down };
}

function addOptions(row: HTMLElement, { words, entry, count, actions }: RowPorts): void {
  const options = row.createDiv({ cls: 'notesight-server-options' });
  const atOnce = options.createEl('label', { text: words.atOnce }).createEl('select', { cls: 'dropdown' });
  atOnce.createEl('option', { value: '', text: words.usual });
  for (let number: number = CONCURRENCY.min; number <= CONCURRENCY.max; number++)
    atOnce.createEl('option', { value: String(number), text: String(number) });
  atOnce.value = entry.atOnce === null ? '' : String(entry.atOnce);
  atOnce.addEventListener('change', () => {
    actions.chose({ atOnce: atOnce.value === '' ? null : Number(atOnce.value) });
  });
  if (count === 1) return;
  const label = options.createEl('label');
  const token = label.createEl('input', { type: 'checkbox' });
  label.appendText(words.token);
  token.checked = entry.takesToken;
  token.addEventListener('change', () => {
    actions.chose({ takesToken: token.checked });
  });
}
