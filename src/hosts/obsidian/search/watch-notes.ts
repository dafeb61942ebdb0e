import { type Plugin, type TAbstractFile, TFile } from 'obsidian';
import { noteOfInline } from '../../../core/note/inline-source.ts';
import type { ImageSearch } from '../../../editor/image-search.ts';

/** Reports changed notes to the search; call `described` after a model described an image. */
export function watchNotes(
  plugin: Plugin,
  search: ImageSearch,
): { readonly described: (file: string) => void } {
  const { vault, workspace, metadataCache } = plugin.app;
  const mark = (path: string) => {
    if (path.endsWith('.md')) search.changed(path);
  };
  const markFile = ({ path }: TAbstractFile) => {
    mark(path);
  };
  plugin.registerEvent(vault.on('modify', markFile));
  plugin.registerEvent(vault.on('delete', markFile));
  plugin.registerEvent(
    vault.on('rename', (file, oldPath) => {
      // Renaming a folder or an image also affects other notes.
      if (file instanceof TFile && file.extension === 'md') {
        mark(oldPath);
        mark(file.path);
      } else search.allChanged();
    }),
  );
  // A new image may be the target of an existing embed.
  plugin.registerEvent(
    vault.on('create', ({ path }) => {
      mark(path);
      for (const [note, links] of Object.entries(metadataCache.unresolvedLinks)) {
        if (Object.keys(links).some((link) => path.endsWith(link))) mark(note);
      }
    }),
  );
  plugin.registerEvent(
    workspace.on('editor-change', (_editor, { file }) => {
      if (file !== null) mark(file.path);
    }),
  );
  return {
    described(file) {
      const holder = noteOfInline(file);
      if (holder !== null) mark(holder);
      for (const [note, links] of Object.entries(metadataCache.resolvedLinks)) if (file in links) mark(note);
    },
  };
}
