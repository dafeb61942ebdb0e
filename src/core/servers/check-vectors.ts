import { NotesightError } from '../errors.ts';
import type { Subject } from './http/server-error-body.ts';

/**
 * @throws NotesightError `server_error` if the number of vectors is not that of the texts or their lengths
 * differ
 */
export function checkVectors(vectors: readonly (readonly number[])[], texts: number, subject: Subject): void {
  const length = vectors[0]?.length ?? 0;
  if (vectors.length === texts && vectors.every((vector) => vector.length === length)) return;
  const detail = `It made ${vectors.length} vectors for ${texts} texts, not all of one length.`;
  throw new NotesightError('server_error', detail, { data: { ...subject, detail } });
}
