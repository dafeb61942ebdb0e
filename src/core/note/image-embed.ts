import type { ReferenceLabel } from '../markdown/inline-scanner.ts';
import type { Span } from '../markdown/span.ts';

export type EmbedSyntax = 'wiki' | 'markdown' | 'reference' | 'html';

/** An image embedded in a note, as it stands there. */
export interface ImageEmbed extends Span {
  readonly syntax: EmbedSyntax;
  /**
   * The words, as a reader gets them: escapes and entities decoded, without the size and the words for the layout, ''
   * where there are none.
   */
  readonly alt: string;
  /**
   * Where the raw words stand, without size, layout words and their `|`. Empty (`from === to`) where the place for them is
   * there but holds nothing; null where the embed has no place for words yet (`![[a.png]]`, `![[a.png|300]]`,
   * `<img src=a>`). Of `![300](a.png)` and of a bare `alt` attribute it is empty: before the size, behind the name;
   * of `![bg](a.png)` behind the words of Marp.
   */
  readonly altSpan: Span | null;
  /**
   * The destination, escapes and entities decoded, with its `#part`; %-encoding is left, since a file may be named
   * `100%.png`.
   */
  readonly target: string;
  /** Where the raw destination stands, without `<>` and quotes; for the reference style that is in its definition. */
  readonly targetSpan: Span;
  /** Obsidian's `300` or `300x200`, of an HTML tag from its width and height in pixels, or null. */
  readonly size: string | null;
  /** Where layout words and the size stand behind the alt text, without the `|` before them; null for an HTML tag. */
  readonly sizeSpan: Span | null;
  readonly title: string | null;
  /** For the reference style: which form it has and its label as written, for the alt text may be the label. */
  readonly reference: ReferenceLabel | null;
  /** Whether it stands in a table cell, where `|` is written `\|`. */
  readonly inTable: boolean;
}
