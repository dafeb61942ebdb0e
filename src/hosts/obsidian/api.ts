import { type EventRef, type Events, getLanguage, type TFile } from 'obsidian';
import type { Description } from '../../core/model/image-description.ts';
import { settingsFor } from '../../core/settings/folder-rules.ts';
import type { Captioner } from '../../editor/captioner.ts';
import { imageExtension } from './caption/image-extension.ts';

/**
 * The API for other plugins, as `app.plugins.getPlugin('notesight')?.api`: image descriptions, for example for a
 * search index. It only reads notes and images, and never writes a note.
 */
export interface NotesightApi {
  /** Whether Notesight can describe this file. */
  canDescribe(file: TFile): boolean;
  /** The stored description of an image, without querying a model; null if there is none. */
  cached(file: TFile): Promise<Description | null>;
  /**
   * Describes an image: from the log, or else with the model.
   * @throws NotesightError, whose `code` is the reason
   */
  describe(file: TFile, signal?: AbortSignal): Promise<Description>;
  /** Called with the file's path and its description whenever an image was described. */
  on(name: 'described', callback: (path: string, description: Description) => unknown): EventRef;
  offref(ref: EventRef): void;
}

/** @param events triggers `described` */
export function createApi(
  captioner: Captioner,
  known: (file: TFile) => Promise<Description | null>,
  events: Events,
): NotesightApi {
  return {
    canDescribe: (file) => imageExtension(file),
    cached: known,
    async describe(file, signal = new AbortController().signal) {
      const { language } = settingsFor(captioner.ports.settings(), file.path);
      const spoken = language === 'auto' ? getLanguage() : language;
      return (await captioner.describeFile(file.path, spoken, signal)).description;
    },
    on: (name, callback) => events.on(name, callback as (...data: unknown[]) => unknown),
    offref: (ref) => {
      events.offref(ref);
    },
  };
}
