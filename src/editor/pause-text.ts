import type { StoppedEvent } from '../core/caption/caption-notes.ts';
import { isServerSilent } from '../core/error-kinds.ts';
import type { NotesightError } from '../core/errors.ts';
import type { Explanation } from '../core/messages/explain.ts';
import type { EditorWords } from './messages/editor-en.ts';
import type { UnfinishedBatch } from './unfinished-batch.ts';

/** Why a batch is paused, and its progress. @param pause null if a restart interrupted it */
export function pauseText(
  { paused }: EditorWords,
  explain: (error: NotesightError) => Explanation,
  { done, total }: Pick<UnfinishedBatch, 'done' | 'total'>,
  pause: StoppedEvent | null,
): string {
  if (pause === null) return paused.interrupted(total - done, total);
  const { error } = pause;
  const server = error.data['api'] === undefined ? paused.ollama : paused.server;
  return paused.notice({ done, total }, isServerSilent(error) ? server : explain(error).message);
}
