import { diffLines } from 'diff';
import type { TextEdit } from '../core/markdown/text-edit.ts';

/**
 * The smallest line-by-line edits that turn one text into another. An editor keeps its cursor, folds and markers
 * where nothing is replaced.
 */
export function changesBetween(before: string, after: string): TextEdit[] {
  const edits: TextEdit[] = [];
  let at = 0;
  let removed = '';
  let added = '';
  const flush = () => {
    edits.push(...changesOfBlock(at - removed.length, removed, added));
    removed = '';
    added = '';
  };
  for (const part of diffLines(before, after)) {
    if (part.added) added += part.value;
    else if (part.removed) {
      removed += part.value;
      at += part.value.length;
    } else {
      flush();
      at += part.value.length;
    }
  }
  flush();
  return edits;
}

/** If the number of lines is unchanged, each line becomes its own edit. */
function changesOfBlock(from: number, removed: string, added: string): TextEdit[] {
  const old = linesOf(removed);
  const fresh = linesOf(added);
  if (old.length !== fresh.length) return trimmed(from, removed, added);
  let at = from;
  return old.flatMap((line, index) => {
    const edits = trimmed(at, line, fresh[index] ?? '');
    at += line.length;
    return edits;
  });
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The edit without the common prefix and suffix. */
function trimmed(from: number, before: string, after: string): TextEdit[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return [
    { from: from + start, to: from + before.length - end, insert: after.slice(start, after.length - end) },
  ];
}
