import MiniSearch from 'minisearch';
import { imageName, noteOfInline } from '../note/inline-source.ts';
import type { ImageDocument } from './image-documents.ts';
import { foldWord, isUnspaced, queryWords, words } from './search-terms.ts';

/** An image that was found. */
export interface FoundImage extends ImageDocument {
  /** Comparable within one answer only. */
  readonly score: number;
  /** The words of the image that fit, folded. */
  readonly terms: readonly string[];
}

/** Finds the images of a vault by words. */
export interface ImageIndex {
  /** Images it knows, each place where one stands. */
  readonly size: number;
  images(): Iterable<ImageDocument>;
  /** Takes the images of a note in place of those that it knows of it. */
  setNote(note: string, images: readonly ImageDocument[]): void;
  /** @returns the best first; all words have to fit, or as many as can where no image has them all */
  find(query: string, limit: number): FoundImage[];
}

/** What the image itself says counts more than what stands around it. */
const BOOST = { alt: 4, name: 3, content: 2, near: 0.5 };

/** Shorter words fit too much by their beginning alone, but for scripts that write a word in one or two characters. */
const MIN_PREFIX = 3;
/** The nearest words to each side of an image, in UTF-16 units: those of other images stand further off. */
const NEAR = 120;
const MIN_FUZZY = 5;
/** Of a long query, the rest says nothing new; in UTF-16 units. */
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
    // What stands for an image in the note itself is no name.
    name: noteOfInline(file) === null ? imageName(file).replace(/\.[^.]+$/, '') : '',
    content: `${description}\n${text}\n${tags.join(' ')}`,
    near: `${noteTitle}\n${before.slice(-NEAR)}\n${after.slice(0, NEAR)}`,
  };
}
