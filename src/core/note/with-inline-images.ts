import { NotesightError } from '../errors.ts';
import { MAX_IMAGE_BYTES } from '../image/limits.ts';
import { dataUrlBytes } from './data-url.ts';
import { findImages } from './find-images.ts';
import { inlineSource, noteOfInline } from './inline-source.ts';
import type { ImageStore, NoteStore } from '../ports.ts';

/** Reads inline images from their notes, and all other images from `images`. */
export function withInlineImages(images: ImageStore, notes: Pick<NoteStore, 'read'>): ImageStore {
  /** Caches the images of the last note, so that a note with many images is parsed only once. */
  let last: { readonly note: string; readonly markdown: string; readonly urls: Map<string, string> } | null =
    null;

  async function urlOf(source: string, note: string): Promise<string | undefined> {
    const markdown = await notes.read(note);
    if (last?.note !== note || last.markdown !== markdown) {
      const targets = findImages(markdown).flatMap(({ target }) => (/^data:/i.test(target) ? [target] : []));
      last = { note, markdown, urls: new Map(targets.map((url) => [inlineSource(note, url), url])) };
    }
    return last.urls.get(source);
  }

  return {
    async read(source, signal) {
      const note = noteOfInline(source);
      if (note === null) return images.read(source, signal);
      const data = { path: source };
      const url = await urlOf(source, note);
      if (signal.aborted) throw new NotesightError('cancelled', `${source} was being read`, { data });
      if (url === undefined)
        throw new NotesightError('image_missing', `${source} is not in the note`, { data });
      const bytes = dataUrlBytes(url);
      if (bytes === null) {
        const why = 'its data: URI is broken';
        throw new NotesightError('image_unreadable', `${source}: ${why}`, { data: { ...data, why } });
      }
      if (bytes.length > MAX_IMAGE_BYTES) {
        throw new NotesightError('image_too_large', `${source} has ${bytes.length} bytes`, {
          data: { ...data, bytes: bytes.length, maxBytes: MAX_IMAGE_BYTES },
        });
      }
      return bytes;
    },
  };
}
