import { escapeAttribute } from '../markdown/escape-markdown.ts';
import { applyEdits, type TextEdit } from '../markdown/text-edit.ts';
import { findImages } from './find-images.ts';
import type { ImageEmbed } from './image-embed.ts';
import { writeAltText } from './write-alt-text.ts';

/**
 * The edit that says of an image that it only decorates: `alt=""`, so that a screen reader passes it over. Markdown can't
 * say that, and so the embed becomes an HTML tag with its size and title.
 * @param note the text that `embed` was found in
 * @param url of the image for the tag, relative to the note; null for that of the embed
 * @returns null where it is said already, where a tag would take the lines below out of Markdown, and where the embed has
 * layout words, which a tag can't carry
 */
export function markDecorative(note: string, embed: ImageEmbed, url: string | null = null): TextEdit | null {
  if (embed.syntax === 'html') return writeAltText(note, embed, '');
  if (hasLayout(note, embed)) return null;
  const { from, to, size, title } = embed;
  const [width, height] = size?.split('x') ?? [];
  const attributes = [
    ['src', (url ?? embed.target).replaceAll(' ', '%20')],
    ['alt', ''],
    ['width', width],
    ['height', height],
    ['title', title],
  ].flatMap(([name, value]) => {
    if (value === undefined || value === null) return [];
    return [`${name ?? ''}="${escapeAttribute(value)}"`];
  });
  const edit = { from, to, insert: `<img ${attributes.join(' ')}>` };
  return isAloneAboveText(note, embed) || !isOnlyChange(note, embed, edit) ? null : edit;
}

/** Whether more than alt text and a size stands in the embed's label. */
function hasLayout(note: string, { syntax, from, targetSpan, altSpan, size, sizeSpan }: ImageEmbed): boolean {
  if ((sizeSpan ? note.slice(sizeSpan.from, sizeSpan.to) : '') !== (size ?? '')) return true;
  if (altSpan === null) return false;
  const before = note.slice(syntax === 'wiki' ? targetSpan.to : from + '!['.length, altSpan.from);
  return !/^\s*(?:\\?\|)?\s*$/.test(before) || /[^\]|\\\s]/.test(note.charAt(altSpan.to));
}

/** A tag alone on its line begins a block of HTML, which ends at the next empty line. */
function isAloneAboveText(note: string, { from, to }: ImageEmbed): boolean {
  const line = note.slice(note.lastIndexOf('\n', from - 1) + 1, from);
  const rest = /^[^\n]*(?:\n[^\n]*)?/.exec(note.slice(to))?.[0] ?? '';
  const [same = '', next = ''] = rest.split('\n');
  return !/[^\s>*+\-\d.)]/.test(line) && same.trim() === '' && /[^\s>]/.test(next);
}

/** Whether what comes of it is the same image in HTML, and all others are as they were. */
function isOnlyChange(note: string, embed: ImageEmbed, edit: TextEdit): boolean {
  const key = ({ target, alt, size }: ImageEmbed) => JSON.stringify([target, alt, size]);
  const before = findImages(note);
  const after = findImages(applyEdits(note, [edit]));
  return (
    before.length === after.length &&
    before.every((image, index) => {
      const now = after[index];
      if (now === undefined) return false;
      return image.from === embed.from ? now.syntax === 'html' && now.alt === '' : key(image) === key(now);
    })
  );
}
