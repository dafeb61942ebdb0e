import type { Span } from '../../core/markdown/span.ts';
import type { TextEdit } from '../../core/markdown/text-edit.ts';

/** A note in the editor. The object stays the same when the note is renamed; only its path changes. */
export interface ChatNote {
  /** Relative to the vault. */
  readonly path: string;
  /** File name without the extension. */
  readonly basename: string;
}

/** The text of a note in an open editor. */
export interface ChatEditor {
  text(): string;
  /** The selection; if nothing is selected, both offsets are the position of the cursor. */
  selection(): Span;
  /** The selected text; '' if nothing is selected. */
  selected(): string;
  /** Applies the edit as one undo step. */
  replace(edit: TextEdit): Promise<void> | void;
}

/** What a conversation requires of its editor. Offsets are in UTF-16 code units. */
export interface ChatHost {
  /** The note's editor, or null if the note is not open. */
  editorOf(note: ChatNote): ChatEditor | null;
  /** Opens or focuses the note and selects a range. */
  show(note: ChatNote, from: number, to: number): Promise<void>;
  /** The paths of all notes of the vault. */
  notes(): readonly string[];
  /** Opens an image file of the vault. */
  openImage(note: ChatNote, file: string): Promise<void>;
  /** The URL of an image file for the panel; null if the vault has no such file. */
  urlOf(file: string): string | null;
  /**
   * The URL for the panel of an image embedded in the note as a `data:` URI.
   * @param source used in place of its path
   * @param url the `data:` URI
   */
  inlineUrl(source: string, url: string): string;
  openLink(url: string): void;
  copy(text: string): Promise<void>;
  /** Shows a temporary message to the user. */
  tell(message: string): void;
  /**
   * Creates a note in the folder of another one and opens it. Adds a number to the name if it is taken.
   * @param name file name without the extension
   */
  createNote(beside: ChatNote, name: string, markdown: string): Promise<void>;
  /** Shows a longer text to read and copy. */
  showText(title: string, text: string): void;
  /** Lets the user choose a model, or automatic, and stores it in the settings. */
  readonly chooseModel: (chosen: () => void) => void;
  /** Lets the user pick an image of the vault. */
  pickImage(note: ChatNote, picked: (file: string) => void): void;
}
