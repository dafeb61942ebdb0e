import { type Plugin, TFile } from 'obsidian';
import { noteOfInline } from '../../../core/note/inline-source.ts';
import type { ImageSearch } from '../../../editor/image-search.ts';

/** Tells the search which notes changed; `described` is to be called when a model has told what an image shows. */
export function watchNotes(
  plugin: Plugin,
  search: ImageSearch,
): { readonly described: (file: string) => void } {
  const { vault, workspace, metadataCache } = plugin.app;
  const mark = (path: string) => {
    if (path.endsWith('.md')) search.changed(path);
  };
  plugin.registerEvent(
    vault.on('modify', ({ path }) => {
      mark(path);
    }),
  );
  plugin.registerEvent(
    vault.on('delete', ({ path }) => {
      mark(path);
    }),
  );
  plugin.registerEvent(
    vault.on('rename', (file, oldPath) => {
      // What a folder or an image took along is in other notes too.
      if (file instanceof TFile && file.extension === 'md') {
        mark(oldPath);
        mark(file.path);
      } else search.allChanged();
    }),
  );
  // An image that comes may be the one that an embed has waited for.
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
