import { Position, Range } from 'vscode';
import type { Span } from '../../../core/markdown/span.ts';

/** Returns a function that converts spans of a text to ranges, for a file that is not open as a document. */
export function rangesIn(text: string): (span: Span) => Range {
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: line }) => index + line.length)];
  const positionAt = (offset: number) => {
    const line = starts.findLastIndex((start) => start <= offset);
    return new Position(line, offset - (starts[line] ?? 0));
  };
  return ({ from, to }) => new Range(positionAt(from), positionAt(to));
}
