import { TFolder, type App, type TAbstractFile } from 'obsidian';
import type { Settings } from '../../core/settings.ts';
import type { CaptionJob } from './captioner.ts';
import { lacksWords } from './lacks-words.ts';
import type { VaultFiles } from './vault-files.ts';

/** The images without words of a note, of the notes of a folder, or wherever an image file is embedded. */
export function wordlessImages(
  file: TAbstractFile,
  app: App,
  files: VaultFiles,
  settings: Settings,
): Pick<CaptionJob, 'notes' | 'wanted'> {
  const wanted = lacksWords(settings);
  if (file instanceof TFolder) return { notes: files.notesIn(file), wanted };
  if (file.name.endsWith('.md')) return { notes: [file.path], wanted };
  const links = app.metadataCache.resolvedLinks;
  return {
    notes: Object.keys(links).filter((note) => links[note]?.[file.path] !== undefined),
    wanted: (listed, note) =>
      listed.image.kind === 'file' && listed.image.path === file.path && wanted(listed, note),
  };
}
