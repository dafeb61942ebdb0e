import type { ReferenceLabel } from '../markdown/inline-scanner.ts';
import type { Span } from '../markdown/span.ts';

export type EmbedSyntax = 'wiki' | 'markdown' | 'reference' | 'html';

/** An image embedded in a note. */
export interface ImageEmbed extends Span {
  readonly syntax: EmbedSyntax;
  /**
   * The alt text as readers see it: escapes and entities decoded, without size and layout keywords; '' if
   * there is none.
   */
  readonly alt: string;
  /**
   * The span of the raw alt text, without size, layout keywords and their `|`. Empty (`from === to`) if the
   * syntax has a position for alt text but no text; null if the embed has no such position yet (`![[a.png]]`,
   * `![[a.png|300]]`, `<img src=a>`). For `![300](a.png)` it is empty and before the size, for a bare `alt`
   * attribute empty and after the name, for `![bg](a.png)` empty and after the Marp keywords.
   */
  readonly altSpan: Span | null;
  /**
   * The destination with escapes and entities decoded, including its `#fragment`. Percent-encoding is kept
   * because a file may be named `100%.png`.
   */
  readonly target: string;
  /**
   * The span of the raw destination, without `<>` and quotes. For reference-style images it is in the
   * definition.
   */
  readonly targetSpan: Span;
  /** Obsidian's `300` or `300x200` in pixels, or null. Always null for an HTML tag. */
  readonly size: string | null;
  /**
   * The span of the layout keywords and size after the alt text, without the `|` before them; null for an
   * HTML tag.
   */
  readonly sizeSpan: Span | null;
  readonly title: string | null;
  /**
   * For reference-style images: the form of the reference and its label as written, because the alt text may
   * be the label.
   */
  readonly reference: ReferenceLabel | null;
  /** Whether the embed is in a table cell, where `|` is written as `\|`. */
  readonly inTable: boolean;
}
