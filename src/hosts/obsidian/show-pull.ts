import type { ModelSources } from '../../core/model/model-sources.ts';
import { pullModel } from '../editor/pull-model.ts';
import type { Words } from './words/en.ts';

/**
 * Has a server download a model, and shows how far it is.
 * @throws NotesightError `pull_failed` and every code of a server
 */
export async function showPull(
  sources: ModelSources,
  model: string,
  signal: AbortSignal,
  said: HTMLElement,
  words: Words,
): Promise<void> {
  for await (const { completedBytes, totalBytes, status } of pullModel(sources, model, signal)) {
    const percent = Math.floor((completedBytes / totalBytes) * 100);
    said.setText(totalBytes > 0 ? `${words.settings.pull.progress(percent)} ${status}` : status);
  }
}
