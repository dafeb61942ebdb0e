import type { Words } from '../messages/en.ts';
import { addIconButton } from './icon-button.ts';

/** A list in the settings whose items can be added, edited, and deleted. */
export interface EditableRows<T> {
  readonly words: Words;
  /** Labels the button that adds an item. */
  readonly add: string;
  readonly items: () => readonly T[];
  readonly nameOf: (item: T) => string;
  /** Shows an item beside its name. */
  readonly show: (text: HTMLElement, item: T, at: number) => void;
  /** Lets the user edit an item; null for a new one. */
  readonly edit: (item: T | null, save: (saved: T) => void) => void;
  /** @param edited the item before and after it was edited; null for another change */
  readonly store: (items: T[], edited: { readonly from: T; readonly to: T } | null) => Promise<void>;
}

/** Shows the rows, with a button to undo the last deletion. @returns shows them again */
export function showEditableRows<T>(list: HTMLElement, rows: EditableRows<T>): () => void {
  const { items, nameOf } = rows;
  const labels = rows.words.settings.list;
  /** The items before the last deletion, and the name of the deleted one; null if it can't be undone. */
  let deleted: { readonly before: readonly T[]; readonly name: string } | null = null;

  function draw(): void {
    list.empty();
    for (const [at, item] of items().entries()) addRow(item, at);
    if (deleted !== null) showUndo(deleted);
    list.createEl('button', { text: rows.add }).addEventListener('click', () => {
      rows.edit(null, (saved) => {
        change([...items(), saved]);
      });
    });
  }

  function addRow(item: T, at: number): void {
    const name = nameOf(item);
    const row = list.createDiv({ cls: 'notesight-item' });
    const text = row.createDiv({ cls: 'notesight-item-text' });
    text.createSpan({ text: name });
    rows.show(text, item, at);
    addIconButton(row, 'pencil', labels.edit(name), () => {
      rows.edit(item, (saved) => {
        change(items().with(at, saved), { from: item, to: saved });
      });
    });
    addIconButton(row, 'trash-2', labels.remove(name), () => {
      const before = items();
      change(before.toSpliced(at, 1), null, { before, name });
    });
  }

  function showUndo({ before, name }: NonNullable<typeof deleted>): void {
    const row = list.createDiv({ cls: 'notesight-item', attr: { role: 'status' } });
    row.createDiv({ cls: 'notesight-item-text', text: labels.deleted(name) });
    row.createEl('button', { text: labels.undo }).addEventListener('click', () => {
      change([...before]);
    });
  }

  /** Keeps the focus in the list, because the button that had it is gone. */
  function change(
    changed: T[],
    edited: { readonly from: T; readonly to: T } | null = null,
    undo: typeof deleted = null,
  ): void {
    deleted = undo;
    void rows.store(changed, edited).then(() => {
      draw();
      const label = deleted === null ? rows.add : labels.undo;
      [...list.querySelectorAll('button')].find(({ textContent }) => textContent === label)?.focus();
    });
  }

  draw();
  return draw;
}
