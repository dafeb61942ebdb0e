import { TFile, type Plugin } from 'obsidian';
import type { CaptionLog } from '../../../core/memory/caption-log.ts';
import { imageDocuments } from '../../../core/search/image-documents.ts';
import { createImageIndex, type FoundImage } from '../../../core/search/image-index.ts';
import type { NoteStore } from '../../../core/ports.ts';
import { once } from '../once.ts';
import type { VaultFiles } from '../vault-files.ts';

export interface ImageSearchPorts {
  readonly notes: NoteStore;
  readonly files: VaultFiles;
  readonly openMemory: () => Promise<{ readonly log: CaptionLog }>;
}

/** Finds images of the vault by words. */
export interface ImageSearch {
  /** What is found in the notes that were read so far; those that changed since are read again first. */
  find(query: string, limit: number): Promise<FoundImage[]>;
  /** Reads all notes, a little at a time. @param onStep called with the part that was read, 0 to 1 */
  readAll(onStep: (done: number) => void, signal: AbortSignal): Promise<void>;
  /** Called when a model has told what an image shows. */
  described(file: string): void;
}

/** Milliseconds of work before the interface has its turn. */
const SLICE = 8;

export function createImageSearch(
  plugin: Plugin,
  { notes, files, openMemory }: ImageSearchPorts,
): ImageSearch {
  const { vault, workspace, metadataCache } = plugin.app;
  const index = createImageIndex();
  /** Notes to be read, or read again. */
  const changed = new Set<string>();
  const known = new Set<string>();
  let isUsed = false;

  const mark = (path: string) => {
    if (isUsed && path.endsWith('.md')) changed.add(path);
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
      } else for (const path of known) mark(path);
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

  const start = once(() => {
    isUsed = true;
    for (const { path } of vault.getMarkdownFiles()) changed.add(path);
    return Promise.resolve();
  });

  async function readNote(note: string, log: CaptionLog): Promise<void> {
    changed.delete(note);
    known.add(note);
    const markdown = vault.getFileByPath(note) === null ? '' : await notes.read(note).catch(() => '');
    index.setNote(
      note,
      imageDocuments(note, markdown, files.index(), (file) => log.at(file)),
    );
  }

  return {
    async find(query, limit) {
      await start();
      const { log } = await openMemory();
      // Those that were read before are few; the others come as they come.
      for (const note of [...changed].filter((path) => known.has(path))) await readNote(note, log);
      return index.find(query, limit);
    },
    async readAll(onStep, signal) {
      await start();
      const { log } = await openMemory();
      await log.refresh();
      const total = Math.max(1, changed.size);
      let done = 0;
      let until = performance.now() + SLICE;
      while (changed.size > 0 && !signal.aborted) {
        const [note] = changed;
        if (note === undefined) break;
        await readNote(note, log);
        done++;
        if (performance.now() < until) continue;
        onStep(Math.min(1, done / total));
        await new Promise((resolve) => window.setTimeout(resolve));
        until = performance.now() + SLICE;
      }
    },
    described(file) {
      for (const [note, links] of Object.entries(metadataCache.resolvedLinks)) if (file in links) mark(note);
    },
  };
}
