import { EditorView } from '@codemirror/view';
import { type App, MarkdownView, type TFile } from 'obsidian';
import type { ImageEmbed } from '../../../core/note/image-embed.ts';
import { type ListedImage, listImages } from '../../../core/note/list-images.ts';
import type { VaultFiles } from '../../../editor/vault-files.ts';

/** An image on the screen, and the embed of the note that it shows. */
export interface ShownImage {
  readonly note: TFile;
  readonly embed: ImageEmbed;
}

/**
 * Finds the embed of an image in an open note, in Live Preview or reading view. Null for an image of an embedded note
 * and everything that is not from the note's own text; also if the note embeds the image several times and reading view
 * does not tell which of them it is.
 */
export function shownImage(app: App, files: VaultFiles, element: HTMLImageElement): ShownImage | null {
  if (element.closest('.markdown-embed') !== null) return null;
  const view = viewOf(app, element);
  if (view?.file == null) return null;
  const { file: note, editor } = view;
  const same = listImages(note.path, editor.getValue(), files.index()).filter(
    ({ image }) => addressOf(app, image) === withoutQuery(element.src),
  );
  const source = EditorView.findFromDOM(element);
  const found = source === null ? onlyOne(same, element.alt) : nearest(same, source.posAtDOM(element));
  return found === null ? null : { note, embed: found.embed };
}

function viewOf({ workspace }: App, element: HTMLElement): MarkdownView | null {
  for (const { view } of workspace.getLeavesOfType('markdown')) {
    if (view instanceof MarkdownView && view.contentEl.contains(element)) return view;
  }
  return null;
}

/** The address that Obsidian loads an image from. */
function addressOf({ vault }: App, image: ListedImage['image']): string | null {
  if (image.kind === 'remote') return withoutQuery(image.url);
  const file = image.kind === 'file' ? vault.getFileByPath(image.path) : null;
  return file === null ? null : withoutQuery(vault.getResourcePath(file));
}

/** Obsidian adds the time of the last change to the address of a file. */
const withoutQuery = (address: string): string => address.replace(/\?.*$/, '');

function onlyOne(images: readonly ListedImage[], alt: string): ListedImage | null {
  const [first, ...others] = images.length === 1 ? images : images.filter(({ embed }) => embed.alt === alt);
  return first === undefined || others.length > 0 ? null : first;
}

/** @param at UTF-16 offset of the image in the note */
function nearest(images: readonly ListedImage[], at: number): ListedImage | null {
  const distance = ({ embed: { from, to } }: ListedImage) => Math.max(from - at, at - to, 0);
  return images.toSorted((a, b) => distance(a) - distance(b))[0] ?? null;
}
