import type { StoppedEvent } from '../../core/caption/caption-notes.ts';
import type { ErrorCode, NotesightError } from '../../core/errors.ts';
import type { Explanation } from '../../core/explain.ts';
import type { UnfinishedBatch } from './unfinished-batch.ts';
import type { EditorWords } from './words/editor-en.ts';

const SILENT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'server_down',
  'server_timeout',
  'server_busy',
  'server_crashed',
  'server_error',
]);

/** Why a batch does not go on, and how far it is. @param pause null where a restart cut it short */
export function pauseText(
  { paused }: EditorWords,
  explain: (error: NotesightError) => Explanation,
  { done, total }: Pick<UnfinishedBatch, 'done' | 'total'>,
  pause: StoppedEvent | null,
): string {
  if (pause === null) return paused.interrupted(total - done, total);
  const { error } = pause;
  const server = error.data['api'] === undefined ? paused.ollama : paused.server;
  return paused.notice({ done, total }, SILENT.has(error.code) ? server : explain(error).message);
}
