import type { Plugin } from 'obsidian';
import { isImageSupportMissing, isServerAtFault, isServerAway } from '../../core/error-kinds.ts';
import type { NotesightError } from '../../core/errors.ts';
import type { ModelDownload } from '../../editor/model-download.ts';
import type { Words } from './messages/en.ts';
import { settingsOpener } from './open-settings.ts';
import type { Choice } from './question-notice.ts';
import { FIRST_MODEL } from './settings/first-model.ts';

/** The buttons that help with an error. */
export type ErrorHelp = (error: NotesightError) => readonly Choice[];

export function createErrorHelp(
  { app, manifest }: Plugin,
  download: Pick<ModelDownload, 'start'>,
  words: Words,
): ErrorHelp {
  return (error) => {
    const isModelMissing = isImageSupportMissing(error);
    if (!isModelMissing && !isServerAtFault(error) && !isServerAway(error)) return [];
    const openSettings = settingsOpener(app, manifest.id);
    const getModel = {
      label: words.firstRun.model.download(FIRST_MODEL),
      run() {
        download.start(FIRST_MODEL.name);
      },
    };
    return [
      ...(isModelMissing ? [getModel] : []),
      ...(openSettings === null ? [] : [{ label: words.openSettings, run: openSettings }]),
    ];
  };
}
