import type { Span } from '../../core/markdown/span.ts';
import type { TextEdit } from '../../core/markdown/text-edit.ts';

/** A note of the editor. It is the same object, with another path, where it is renamed. */
export interface ChatNote {
  /** Relative to the vault. */
  readonly path: string;
  /** Its name without the extension. */
  readonly basename: string;
}

/** The text of a note in an open editor. */
export interface ChatEditor {
  text(): string;
  /** What is selected; where nothing is, both offsets are the cursor's. */
  selection(): Span;
  /** As one step of the undo history. */
  replace(edit: TextEdit): Promise<void> | void;
}

/** What a conversation does in the editor around it. Offsets are UTF-16. */
export interface ChatHost {
  /** The note's editor, or null where it is not open. */
  editorOf(note: ChatNote): ChatEditor | null;
  /** Opens the note, or goes to where it is open, and selects a part of it. */
  show(note: ChatNote, from: number, to: number): Promise<void>;
  /** Opens an image file of the vault. */
  openImage(note: ChatNote, file: string): Promise<void>;
  /** The URL of an image file for the panel; null where the vault has no such file. */
  urlOf(file: string): string | null;
  /**
   * The URL for the panel of an image that a note holds itself.
   * @param source what stands for its path
   * @param url the `data:` URI
   */
  inlineUrl(source: string, url: string): string;
  openLink(url: string): void;
  copy(text: string): Promise<void>;
  /** Tells the user something in passing. */
  tell(message: string): void;
  /** Lets the user pick an image of the vault. */
  pickImage(note: ChatNote, picked: (file: string) => void): void;
}
