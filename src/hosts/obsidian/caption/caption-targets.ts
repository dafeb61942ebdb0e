import { type App, type TAbstractFile, TFile, TFolder } from 'obsidian';
import type { CaptionOptions } from '../../../core/caption/caption-notes.ts';
import type { Settings } from '../../../core/settings/settings.ts';
import type { SkippedImages } from '../../../core/storage/skipped-images.ts';
import { needsCaption } from '../../../editor/needs-caption.ts';
import { imageExtension } from './image-extension.ts';
import { notesIn } from './notes-in.ts';

/** The notes and images to caption. */
export interface CaptionTargets {
  /** Paths. */
  readonly notes: readonly string[];
  readonly wanted: CaptionOptions['wanted'];
}

/**
 * Expands the files chosen by the user: all images of a note or of the notes in a folder, and for an image file,
 * every embed of it.
 */
export function captionTargets(
  chosen: readonly TAbstractFile[],
  app: App,
  settings: Settings,
  skipped: SkippedImages,
): CaptionTargets {
  const whole = new Set<string>();
  const images = new Set<string>();
  for (const file of chosen) {
    if (file instanceof TFolder) for (const note of notesIn(file)) whole.add(note);
    else if (!(file instanceof TFile)) continue;
    else if (file.extension === 'md') whole.add(file.path);
    else if (imageExtension(file)) images.add(file.path);
  }
  const embedding = Object.entries(app.metadataCache.resolvedLinks).flatMap(([note, links]) =>
    Object.keys(links).some((path) => images.has(path)) ? [note] : [],
  );
  const needsText = needsCaption(settings, skipped);
  return {
    notes: [...new Set([...whole, ...embedding])],
    wanted: (listed, note) =>
      needsText(listed, note) &&
      (whole.has(note) || (listed.image.kind === 'file' && images.has(listed.image.path))),
  };
}
