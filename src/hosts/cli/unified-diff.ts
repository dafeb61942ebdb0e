import { createTwoFilesPatch, OMIT_HEADERS } from 'diff';
import { withShortDataUrls } from '../../core/note/data-url.ts';

/**
 * A unified diff of a note, compatible with `git diff` and `patch` except that `data:` URIs are shortened; colored
 * for a terminal.
 */
export function unifiedDiff(note: string, before: string, after: string, color: boolean): string {
  const hunks = createTwoFilesPatch('', '', before, after, '', '', {
    context: 2,
    headerOptions: OMIT_HEADERS,
  });
  // The package would escape a Cyrillic name as octal numbers.
  const patch = `--- a/${note}\n+++ b/${note}\n${withShortDataUrls(hunks.trimEnd())}`;
  if (!color) return patch;
  return patch
    .split('\n')
    .map((line, row) => {
      if (row < 2) return `\x1b[1m${line}\x1b[0m`;
      if (line.startsWith('+')) return `\x1b[32m${line}\x1b[0m`;
      if (line.startsWith('-')) return `\x1b[31m${line}\x1b[0m`;
      if (line.startsWith('@@')) return `\x1b[36m${line}\x1b[0m`;
      return line;
    })
    .join('\n');
}
