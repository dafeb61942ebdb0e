import { Annotation, ChangeSet, Transaction } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { TFile } from 'obsidian-test-mocks/obsidian';
import type { Vault } from './vault.ts';

/** Obsidian itself waits two seconds. */
const SAVE_AFTER_MS = 100;

/** Marks a change from disk or from another pane. */
export const synced = Annotation.define<boolean>();

/** A note open in one or more panes; keeps them in sync with the file. */
export class OpenNote {
  readonly views = new Set<EditorView>();
  readonly #file: TFile;
  readonly #vault: Vault;
  /** The last known text on disk, with `\n`. */
  #saved: string;
  /** The changes from `#saved` to the text in the editors. */
  #unsaved: ChangeSet;
  #timer: number | undefined;

  constructor(file: TFile, vault: Vault) {
    this.#file = file;
    this.#vault = vault;
    this.#saved = this.#read();
    this.#unsaved = ChangeSet.empty(this.#saved.length);
  }

  get text(): string {
    for (const view of this.views) return view.state.doc.toString();
    return this.#saved;
  }

  changed(origin: EditorView, changes: ChangeSet): void {
    this.#unsaved = this.#unsaved.compose(changes);
    for (const view of this.views) if (view !== origin) apply(view, changes);
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.save(), SAVE_AFTER_MS);
  }

  /** Keeps unsaved typing. */
  diskChanged(): void {
    const text = this.#read();
    if (text === this.#saved) return;
    const change = difference(this.#saved, text);
    const forEditors = change.map(this.#unsaved);
    this.#unsaved = this.#unsaved.map(change, true);
    this.#saved = text;
    for (const view of this.views) apply(view, forEditors);
  }

  async save(): Promise<void> {
    window.clearTimeout(this.#timer);
    if (this.#unsaved.empty || this.#file.deleted__) return;
    this.#saved = this.text;
    this.#unsaved = ChangeSet.empty(this.#saved.length);
    await this.#vault.modify(this.#file, this.#saved);
  }

  #read(): string {
    return this.#vault.readSync__(this.#file).replace(/\r\n?/g, '\n');
  }
}

/** Not in the undo history: the user can't undo changes of another program here. */
function apply(view: EditorView, changes: ChangeSet): void {
  view.dispatch({ changes, annotations: [synced.of(true), Transaction.addToHistory.of(false)] });
}

function difference(before: string, after: string): ChangeSet {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const change = { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
  return ChangeSet.of(change, before.length);
}
