import { escapeAttribute } from '../markdown/escape-markdown.ts';
import { applyEdits, type TextEdit } from '../markdown/text-edit.ts';
import { findImages } from './find-images.ts';
import type { ImageEmbed } from './image-embed.ts';
import { writeAltText } from './write-alt-text.ts';

/**
 * Returns the edit that marks an image as decorative with `alt=""`, so that screen readers skip it. Markdown
 * has no syntax for this, so the embed becomes an HTML tag with its size and title.
 * @param note the text that contains `embed`
 * @param url the image URL for the tag, relative to the note; null for the target of the embed
 * @returns null if the image is already decorative, if the tag would turn the lines below into HTML, or if
 * the embed has layout keywords, which a tag can't carry
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

/** Whether the label of the embed contains more than alt text and a size. */
function hasLayout(note: string, { syntax, from, targetSpan, altSpan, size, sizeSpan }: ImageEmbed): boolean {
  if ((sizeSpan ? note.slice(sizeSpan.from, sizeSpan.to) : '') !== (size ?? '')) return true;
  if (altSpan === null) return false;
  const before = note.slice(syntax === 'wiki' ? targetSpan.to : from + '!['.length, altSpan.from);
  return !/^\s*(?:\\?\|)?\s*$/.test(before) || /[^\]|\\\s]/.test(note.charAt(altSpan.to));
}

/**
 * Whether text follows on the next line. A tag alone on its line starts an HTML block that ends at the next
 * blank line.
 */
function isAloneAboveText(note: string, { from, to }: ImageEmbed): boolean {
  const line = note.slice(note.lastIndexOf('\n', from - 1) + 1, from);
  const rest = /^[^\n]*(?:\n[^\n]*)?/.exec(note.slice(to))?.[0] ?? '';
  const [same = '', next = ''] = rest.split('\n');
  return !/[^\s>*+\-\d.)]/.test(line) && same.trim() === '' && /[^\s>]/.test(next);
}

/** Whether the edit turns this image into HTML and leaves all other images unchanged. */
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
