import type { ImageDocument } from '../../src/core/search/image-documents.ts';

/** An image of a note that is known only to be described. */
export const imageDocument = (file: string, more: Partial<ImageDocument> = {}): ImageDocument => ({
  note: 'note.md',
  from: 0,
  to: 0,
  file,
  alt: '',
  description: '',
  text: '',
  tags: [],
  isDescribed: true,
  noteTitle: '',
  before: '',
  after: '',
  ...more,
});
