import type { Explanation } from '../core/messages/explain.ts';
import { provenanceOf } from '../core/model/provenance.ts';
import type { VisionModel } from '../core/model/vision-model.ts';
import type { EditorWords } from './messages/editor-en.ts';

/** What a user is told once, where another stands in for a model that sees. */
export function standInNotice(
  { notices }: EditorWords,
  model: VisionModel,
  { message, advice }: Explanation,
): string {
  return provenanceOf(model) === 'told'
    ? notices.told(model.name, `${message} ${advice}`)
    : notices.embedded(message);
}
