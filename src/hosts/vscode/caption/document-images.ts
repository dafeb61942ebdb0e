import { Range, type TextDocument } from 'vscode';
import type { Span } from '../../../core/markdown/span.ts';
import { type ListedImage, listImages } from '../../../core/note/list-images.ts';
import { needsCaption } from '../../../editor/needs-caption.ts';
import { readSettings } from '../adapters/settings.ts';
import type { OpenVault, Vaults } from '../adapters/vaults.ts';

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

/** Number of images of a note that need alt text. */
export async function countNeeded(
  document: TextDocument,
  vaults: Vaults,
  images: DocumentImages,
): Promise<number> {
  const vault = await vaults.of(document.uri);
  const needsText = needsCaption(readSettings(document.uri));
  const note = vault.pathOf(document.uri);
  return images.of(document, vault).filter((listed) => needsText(listed, note)).length;
}

/** Converts a span of a document's text to a range. */
export function rangeOf(document: TextDocument, { from, to }: Span): Range {
  return new Range(document.positionAt(from), document.positionAt(to));
}
