import { decodeMarkdown, withoutIndentation } from './character-references.ts';
import { normalizeLabel, readDestination, readLabel, readTitle, skipSpace } from './link-parts.ts';
import type { Span } from './span.ts';

/** A definition `[label]: target "title"`. */
export interface LinkDefinition {
  readonly target: string;
  /** Span in the note. */
  readonly targetSpan: Span;
  readonly title: string | null;
}

/** By normalized label; the first definition of a label wins. */
export type LinkDefinitions = Map<string, LinkDefinition>;

/**
 * Collects the link reference definitions at the start of a paragraph.
 * @param offset offset of the paragraph in the note
 * @returns the offset in the paragraph where its text starts; its length if there is none
 * @see https://spec.commonmark.org/0.31.2/#link-reference-definitions
 */
export function readDefinitions(paragraph: string, offset: number, definitions: LinkDefinitions): number {
  let pos = 0;
  for (;;) {
    const label = readLabel(paragraph, pos);
    if (label === null || paragraph[label.end] !== ':') return pos;
    const name = normalizeLabel(paragraph.slice(label.span.from, label.span.to));
    const destination = readDestination(paragraph, skipSpace(paragraph, label.end + 1));
    if (name === '' || destination === null) return pos;

    const titleStart = skipSpace(paragraph, destination.end);
    const title = titleStart > destination.end ? readTitle(paragraph, titleStart) : null;
    const endWithTitle = title === null ? null : lineEnd(paragraph, title.end);
    const end = endWithTitle ?? lineEnd(paragraph, destination.end);
    if (end === null) return pos;

    if (!definitions.has(name)) {
      const { from, to } = destination.span;
      definitions.set(name, {
        target: decodeMarkdown(paragraph.slice(from, to)),
        targetSpan: { from: offset + from, to: offset + to },
        title:
          title === null || endWithTitle === null
            ? null
            : decodeMarkdown(withoutIndentation(paragraph.slice(title.span.from, title.span.to))),
      });
    }
    pos = skipSpace(paragraph, end);
  }
}

/** Returns the end of the line if its rest from `at` on is blank, otherwise null. */
function lineEnd(text: string, at: number): number | null {
  let pos = at;
  while (pos < text.length && /[ \t\r]/.test(text.charAt(pos))) pos++;
  return pos === text.length || text[pos] === '\n' ? pos : null;
}
