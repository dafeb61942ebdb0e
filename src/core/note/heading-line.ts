import type { Span } from '../markdown/span.ts';
import { lineEnd } from './caption-place.ts';

/** The line of a heading, without its line break. */
export interface HeadingLine extends Span {
  /** Whether the offset is in front of the heading's text: at the start of the line, or in its marker. */
  readonly isBeforeText: boolean;
}

/**
 * Finds the ATX heading whose line contains a UTF-16 offset. Text inserted at the offset could separate the heading
 * from its marker or its section.
 * @returns null if the line is no heading
 */
export function headingLineAt(text: string, offset: number): HeadingLine | null {
  const from = text.slice(0, offset).search(/[^\r\n]*$/);
  const to = lineEnd(text, from);
  if (!/^ {0,3}#{1,6}(?:[ \t]|$)/.test(text.slice(from, to))) return null;
  return { from, to, isBeforeText: /^ {0,3}#{0,6}[ \t]*$/.test(text.slice(from, offset)) };
}
