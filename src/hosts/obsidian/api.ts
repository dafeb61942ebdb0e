import { type EventRef, type Events, getLanguage, type TFile } from 'obsidian';
import type { Description } from '../../core/model/image-description.ts';
import type { Captioner } from '../../editor/captioner.ts';
import { imageExtension } from './caption/image-extension.ts';

/**
 * For other plugins, as `app.plugins.getPlugin('notesight')?.api`: what an image shows, for a search index for example.
 * It only reads notes and images, and never writes a note.
 */
export interface NotesightApi {
  /** Whether a file is an image that Notesight can look at. */
  canDescribe(file: TFile): boolean;
  /** What is known of an image already, without asking a model; null where nothing is. */
  cached(file: TFile): Promise<Description | null>;
  /**
   * What an image shows: from the log, else by asking the model.
   * @throws NotesightError, whose `code` tells why it can't be described
   */
  describe(file: TFile, signal?: AbortSignal): Promise<Description>;
  /** Called with the file's path and its description whenever an image was described. */
  on(name: 'described', callback: (path: string, description: Description) => unknown): EventRef;
  offref(ref: EventRef): void;
}

/** @param events where `described` is triggered */
export function createApi(
  captioner: Captioner,
  known: (file: TFile) => Promise<Description | null>,
  events: Events,
): NotesightApi {
  return {
    canDescribe: (file) => imageExtension(file),
    cached: known,
    async describe(file, signal = new AbortController().signal) {
      const { language } = captioner.ports.settings();
      const spoken = language === 'auto' ? getLanguage() : language;
      return (await captioner.describeFile(file.path, spoken, signal)).description;
    },
    on: (name, callback) => events.on(name, callback as (...data: unknown[]) => unknown),
    offref: (ref) => {
      events.offref(ref);
    },
  };
}
