import { openEmbedding } from '../core/engine/open-embedding.ts';
import { NotesightError } from '../core/errors.ts';
import type { LineFile, NoteStore } from '../core/ports.ts';
import { type ImageDocument, imageDocuments } from '../core/search/image-documents.ts';
import { createImageIndex, type FoundImage } from '../core/search/image-index.ts';
import { createMeaning, type Meaning } from '../core/search/meaning.ts';
import { searchImages } from '../core/search/search-images.ts';
import type { ModelSources } from '../core/servers/server-pool.ts';
import type { CaptionLog } from '../core/storage/caption-log.ts';
import { openVectorStore } from '../core/storage/vector-store.ts';
import { once } from './once.ts';
import { createPacer } from './pacer.ts';
import type { VaultFiles } from './vault-files.ts';

export interface ImageSearchPorts {
  readonly notes: NoteStore;
  readonly files: VaultFiles;
  /** The paths of all notes. */
  readonly notePaths: () => Promise<readonly string[]>;
  readonly openVaultData: () => Promise<{ readonly log: CaptionLog }>;
  readonly servers: () => ModelSources | Promise<ModelSources>;
  /** Opens the file with the embeddings of image texts. */
  readonly openVectors: () => LineFile | Promise<LineFile>;
}

/** Searches the images of the vault by text and, if the server has an embedding model, by meaning. */
export interface ImageSearch {
  /**
   * Searches the notes indexed so far; re-reads changed notes first. Searches by meaning only if `understand` has
   * embedded the query.
   */
  find(query: string, limit: number): Promise<FoundImage[]>;
  /** The images of the notes indexed so far. */
  images(): Iterable<ImageDocument>;
  /** Reads all notes in small slices. @param onStep called with the fraction that was read, 0 to 1 */
  readAll(onStep: (done: number) => void, signal: AbortSignal): Promise<void>;
  /** Embeds the texts of all images. Does nothing if the server has no embedding model. */
  learnMeaning(signal: AbortSignal): Promise<void>;
  /** Embeds a query. @returns whether `find` may now return more results */
  understand(query: string, signal: AbortSignal): Promise<boolean>;
  /** Call when a note was created, changed or deleted. */
  changed(note: string): void;
  /** Call when embeds in the notes may resolve to other files. */
  allChanged(): void;
}

export function createImageSearch(ports: ImageSearchPorts): ImageSearch {
  const { notes, files, notePaths, openVaultData, servers, openVectors } = ports;
  const index = createImageIndex();
  /** Notes that must be read or re-read. */
  const toRead = new Set<string>();
  const known = new Set<string>();
  let isUsed = false;
  let meaning: { readonly of: Meaning; readonly model: string; readonly host: string } | null = null;

  const start = once(async () => {
    isUsed = true;
    for (const path of await notePaths()) toRead.add(path);
  });

  async function readNote(note: string, log: CaptionLog): Promise<void> {
    toRead.delete(note);
    known.add(note);
    // A note that was deleted has no images.
    const markdown = await notes.read(note).catch(() => '');
    const pacer = createPacer();
    const documents = imageDocuments(note, markdown, files.index(), (file) => log.at(file));
    // Both take long for a note of hundreds of images.
    if (pacer.isDue) await pacer.rest();
    index.setNote(note, documents);
  }

  return {
    async find(query, limit) {
      await start();
      const { log } = await openVaultData();
      // Only a few known notes change at a time; new notes are read in the background.
      for (const note of [...toRead].filter((path) => known.has(path))) await readNote(note, log);
      return searchImages(index, meaning?.of ?? null, query, limit);
    },
    images: () => index.images(),
    async readAll(onStep, signal) {
      await start();
      const { log } = await openVaultData();
      await log.refresh();
      const total = Math.max(1, toRead.size);
      let done = 0;
      const pacer = createPacer();
      while (toRead.size > 0 && !signal.aborted) {
        const [note] = toRead;
        if (note === undefined) break;
        await readNote(note, log);
        done++;
        if (!pacer.isDue) continue;
        onStep(Math.min(1, done / total));
        await pacer.rest();
      }
    },
    learnMeaning: (signal) =>
      unlessRefused(async () => {
        const opened = await openEmbedding(await servers(), signal);
        if (opened === null) {
          meaning = null;
          return;
        }
        const { host, model } = opened;
        if (meaning?.model !== model.id || meaning.host !== host) {
          const store = await openVectorStore(await openVectors(), model.id);
          meaning = { of: createMeaning(model, store), model: model.id, host };
        }
        await meaning.of.learn(index.images(), () => undefined, signal);
      }),
    async understand(query, signal) {
      const of = meaning?.of;
      if (of === undefined) return false;
      await unlessRefused(() => of.understand(query, signal));
      return !signal.aborted;
    },
    changed(note) {
      if (isUsed) toRead.add(note);
    },
    allChanged() {
      for (const note of known) toRead.add(note);
    },
  };
}

/** If the server is down or refuses, search continues by text alone. */
async function unlessRefused(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof NotesightError)) throw error;
  }
}
