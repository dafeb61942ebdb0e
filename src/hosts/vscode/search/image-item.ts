import { type QuickInputButton, type QuickPickItem, ThemeIcon } from 'vscode';
import { imageName, noteOfInline } from '../../../core/note/inline-source.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import type { VaultImage } from './image-search.ts';

/** Length of a description, in UTF-16 code units. */
const MAX_LENGTH = 200;

/** A found image in a pick. */
export interface ImageItem extends QuickPickItem {
  readonly found: VaultImage;
}

export interface ImageButtons {
  readonly show: QuickInputButton;
  /** Null if there is no note to insert into. */
  readonly insert: QuickInputButton | null;
  readonly copy: QuickInputButton;
}

export function imageButtons({ find }: VscodeWords, canInsert: boolean): ImageButtons {
  const button = (icon: string, tooltip: string) => ({ iconPath: new ThemeIcon(icon), tooltip });
  return {
    show: button('eye', find.showPicture),
    insert: canInsert ? button('insert', find.insert) : null,
    copy: button('copy', find.copy),
  };
}

export function imageItem(found: VaultImage, { show, insert, copy }: ImageButtons): ImageItem {
  const { file, note, alt, description, text, vault } = found;
  const name = imageName(file);
  // The image is part of the note, so there is no file to show or embed.
  const isInline = noteOfInline(file) !== null;
  const more = [description, text].join(' ').replace(/\s+/g, ' ').trim().slice(0, MAX_LENGTH);
  return {
    found,
    label: alt === '' ? name : alt,
    // On its own line, because a long label leaves no room beside it.
    detail: [note, name, more].filter((part) => part !== '').join(' · '),
    ...(isInline ? {} : { iconPath: vault.uriOf(file) }),
    // The search has already filtered, and also finds images that don't contain the typed letters.
    alwaysShow: true,
    buttons: isInline ? [] : [show, ...(insert === null ? [] : [insert]), copy],
  };
}
