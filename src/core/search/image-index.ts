import MiniSearch from 'minisearch';
import { imageName, noteOfInline } from '../note/inline-source.ts';
import type { ImageDocument } from './image-documents.ts';
import { foldWord, isUnspaced, queryWords, words } from './search-terms.ts';

/** A search result. */
export interface FoundImage extends ImageDocument {
  /** Comparable only within one list of results. */
  readonly score: number;
  /** The matching words of the image, folded. */
  readonly terms: readonly string[];
}

/** Full-text search over the images of a vault. */
export interface ImageIndex {
  /** The number of indexed embeds. */
  readonly size: number;
  images(): Iterable<ImageDocument>;
  /** Replaces the images of a note. */
  setNote(note: string, images: readonly ImageDocument[]): void;
  /** @returns the best results first; all words must match, or as many as possible if no image matches all */
  find(query: string, limit: number): FoundImage[];
}

/** The image's own text counts more than the text around it. */
const BOOST = { alt: 4, name: 3, content: 2, near: 0.5 };

/** Prefixes of shorter words match too much, except in scripts that write a word in one or two characters. */
const MIN_PREFIX = 3;
/** UTF-16 units of text on each side of an image: text further away may belong to other images. */
const NEAR = 120;
const MIN_FUZZY = 5;
/** UTF-16 units: the rest of a long query adds nothing. */
const MAX_QUERY = 200;

interface Entry extends Readonly<Record<keyof typeof BOOST, string>> {
  readonly id: number;
}

export function createImageIndex(): ImageIndex {
  const index = new MiniSearch<Entry>({
    fields: Object.keys(BOOST),
    tokenize: words,
    processTerm: foldWord,
  });
  const images = new Map<number, ImageDocument>();
  const byNote = new Map<string, number[]>();
  let next = 0;

  function search(query: string, combineWith: 'AND' | 'OR') {
    return index.search(query, {
      tokenize: queryWords,
      combineWith,
      boost: BOOST,
      prefix: (term) => term.length >= MIN_PREFIX || isUnspaced(term),
      fuzzy: (term) => (term.length >= MIN_FUZZY ? 0.2 : false),
      maxFuzzy: 2,
    });
  }

  return {
    get size() {
      return images.size;
    },
    images: () => images.values(),
    setNote(note, documents) {
      for (const id of byNote.get(note) ?? []) {
        index.discard(id);
        images.delete(id);
      }
      byNote.delete(note);
      if (documents.length === 0) return;
      const ids = documents.map((image) => {
        const id = next++;
        images.set(id, image);
        index.add(entry(id, image));
        return id;
      });
      byNote.set(note, ids);
    },
    find(query, limit) {
      const asked = query.slice(0, MAX_QUERY);
      const all = search(asked, 'AND');
      const found = all.length > 0 ? all : search(asked, 'OR');
      return found.slice(0, limit).flatMap(({ id, score, terms }): FoundImage[] => {
        const image = images.get(id as number);
        return image === undefined ? [] : [{ ...image, score, terms }];
      });
    },
  };
}

function entry(id: number, image: ImageDocument): Entry {
  const { file, alt, description, text, tags, noteTitle, before, after } = image;
  return {
    id,
    alt,
    // The reference to an inline image is not a name.
    name: noteOfInline(file) === null ? imageName(file).replace(/\.[^.]+$/, '') : '',
    content: `${description}\n${text}\n${tags.join(' ')}`,
    near: `${noteTitle}\n${before.slice(-NEAR)}\n${after.slice(0, NEAR)}`,
  };
}
