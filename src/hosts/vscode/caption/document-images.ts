import { Range, type TextDocument } from 'vscode';
import type { Span } from '../../../core/markdown/span.ts';
import { type ListedImage, listImages } from '../../../core/note/list-images.ts';
import type { OpenVault } from '../adapters/vaults.ts';

/** The images of documents; each version is read once and shared by all features. */
export interface DocumentImages {
  of(document: TextDocument, vault: OpenVault): readonly ListedImage[];
}

export function createDocumentImages(): DocumentImages {
  const known = new WeakMap<TextDocument, { version: number; index: unknown; images: ListedImage[] }>();
  return {
    of(document, vault) {
      const index = vault.files.index();
      const read = known.get(document);
      if (read?.version === document.version && read.index === index) return read.images;
      const images = listImages(vault.pathOf(document.uri), document.getText(), index);
      known.set(document, { version: document.version, index, images });
      return images;
    },
  };
}

/** Converts a span of a document's text to a range. */
export function rangeOf(document: TextDocument, { from, to }: Span): Range {
  return new Range(document.positionAt(from), document.positionAt(to));
}
