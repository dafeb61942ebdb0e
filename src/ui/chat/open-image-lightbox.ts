import { openLightbox, type LightboxItem } from '../overlay/lightbox.ts';
import type { ChatImage } from './chat-state.ts';
import type { ChatWords } from './chat-words.ts';

/** Opens an image large; the arrow keys show the others. */
export function openImageLightbox(
  doc: Document,
  words: ChatWords,
  images: () => readonly ChatImage[],
  number: number,
): void {
  let current = number;
  const item = (image: ChatImage | undefined): LightboxItem | null => {
    if (image === undefined) return null;
    current = image.number;
    return { source: image.source, name: words.image(image.number, image.name), beside: null };
  };
  const first = item(images().find((image) => image.number === number));
  if (first === null) return;
  openLightbox(doc, first, words.lightbox, {
    step: (by) => item(images()[images().findIndex((image) => image.number === current) + by]),
    closed: () => undefined,
  });
}
