import { type Position, type TextDocument, window } from 'vscode';
import { NotesightError } from '../../../core/errors.ts';
import { imageAt } from '../../../core/note/image-at.ts';
import type { ImageEmbed } from '../../../core/note/image-embed.ts';
import { imageSource } from '../../../core/note/image-source.ts';
import { createImageResolver } from '../../../core/note/list-images.ts';
import type { OpenVault, Vaults } from '../adapters/vaults.ts';
import type { Services } from '../services.ts';

export interface ImageInNote {
  readonly embed: ImageEmbed;
  /** Relative to the vault. */
  readonly note: string;
  readonly vault: OpenVault;
  /** Null for a remote image. */
  readonly file: string | null;
}

/** Returns the image at a position in a note, or null after reporting the problem. */
export type FindImageInNote = (document: TextDocument, position: Position) => Promise<ImageInNote | null>;

export function createFindImageInNote(
  { words, workOf, showError }: Services,
  vaults: Vaults,
): FindImageInNote {
  return async (document, position) => {
    const vault = await vaults.of(document.uri);
    const embed = imageAt(document.getText(), document.offsetAt(position));
    if (embed === null) {
      void window.showInformationMessage(words.notes.noImage);
      return null;
    }
    const note = vault.pathOf(document.uri);
    const image = createImageResolver(note, document.getText(), vault.files.index())(embed);
    if (image.kind === 'note' || image.kind === 'computed') {
      void window.showInformationMessage(words.notes.noImage);
      return null;
    }
    const fail = (code: 'image_remote' | 'image_missing' | 'image_outside_vault') => {
      showError(new NotesightError(code, `${embed.target}: ${image.kind}`, { data: { path: embed.target } }));
      return null;
    };
    if (image.kind === 'missing') return fail('image_missing');
    if (image.kind === 'outside') return fail('image_outside_vault');
    if (image.kind === 'remote' && !workOf(vault).settings().remoteImages) return fail('image_remote');
    return { embed, note, vault, file: imageSource(image, false) };
  };
}
