import { TFile, type Plugin } from 'obsidian';
import { NotesightError } from '../../../core/errors.ts';
import type { CaptionLog } from '../../../core/memory/caption-log.ts';
import { openVectorStore } from '../../../core/memory/vector-store.ts';
import { chooseEmbeddingModel } from '../../../core/model/server/choose-embedding-model.ts';
import { listModels } from '../../../core/model/ollama/list-models.ts';
import { createOllamaEmbeddingModel } from '../../../core/model/ollama/ollama-embedding-model.ts';
import type { ModelServer } from '../../../core/model/server/model-server.ts';
import { imageDocuments } from '../../../core/search/image-documents.ts';
import { createImageIndex, type FoundImage } from '../../../core/search/image-index.ts';
import { createMeaning, type Meaning } from '../../../core/search/meaning.ts';
import { searchImages } from '../../../core/search/search-images.ts';
import type { LineFile, NoteStore } from '../../../core/ports.ts';
import { once } from '../once.ts';
import type { VaultFiles } from '../vault-files.ts';

export interface ImageSearchPorts {
  readonly notes: NoteStore;
  readonly files: VaultFiles;
  readonly openMemory: () => Promise<{ readonly log: CaptionLog }>;
  readonly server: () => ModelServer;
  /** How long the server keeps the model that finds by meaning in memory, as Ollama takes it. */
  readonly keepAlive: () => string | number;
  /** Where what a model made of the words of images is kept. */
  readonly vectors: LineFile;
}

/** Finds images of the vault by words and, where the server has a model for that, by meaning too. */
export interface ImageSearch {
  /**
   * What is found in the notes that were read so far; those that changed since are read again first. By meaning only
   * once `understand` has had the query read.
   */
  find(query: string, limit: number): Promise<FoundImage[]>;
  /** Reads all notes, a little at a time. @param onStep called with the part that was read, 0 to 1 */
  readAll(onStep: (done: number) => void, signal: AbortSignal): Promise<void>;
  /** Has a model read what the images show, where the server has one; without one, nothing. */
  learnMeaning(signal: AbortSignal): Promise<void>;
  /** Has the model read a query. @returns whether `find` may find more now */
  understand(query: string, signal: AbortSignal): Promise<boolean>;
  /** Called when a model has told what an image shows. */
  described(file: string): void;
}

/** Milliseconds of work before the interface has its turn. */
const SLICE = 8;

export function createImageSearch(
  plugin: Plugin,
  { notes, files, openMemory, server, keepAlive, vectors }: ImageSearchPorts,
): ImageSearch {
  const { vault, workspace, metadataCache } = plugin.app;
  const index = createImageIndex();
  /** Notes to be read, or read again. */
  const changed = new Set<string>();
  const known = new Set<string>();
  let isUsed = false;
  let meaning: { readonly of: Meaning; readonly model: string } | null = null;

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
      return searchImages(index, meaning?.of ?? null, query, limit);
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
    learnMeaning: (signal) =>
      unlessRefused(async () => {
        const model = chooseEmbeddingModel(await listModels(server(), signal));
        if (model === null) {
          meaning = null;
          return;
        }
        const embedding = createOllamaEmbeddingModel(server(), model, keepAlive());
        if (meaning?.model !== embedding.id) {
          meaning = {
            of: createMeaning(embedding, await openVectorStore(vectors, embedding.id)),
            model: embedding.id,
          };
        }
        await meaning.of.learn(index.images(), () => undefined, signal);
      }),
    async understand(query, signal) {
      const of = meaning?.of;
      if (of === undefined) return false;
      await unlessRefused(() => of.understand(query, signal));
      return !signal.aborted;
    },
    described(file) {
      for (const [note, links] of Object.entries(metadataCache.resolvedLinks)) if (file in links) mark(note);
    },
  };
}

/** Where the server is down or refuses, images are found by their words alone. */
async function unlessRefused(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof NotesightError)) throw error;
  }
}
