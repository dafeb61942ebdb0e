import type { TextEdit } from '../markdown/text-edit.ts';
import type { ImageEmbed } from './image-embed.ts';
import { writeAltText } from './write-alt-text.ts';

/**
 * Returns the edit that removes the alt text of an embed. Layout keywords, size, title and target stay. A collapsed or
 * shortcut reference becomes a full reference, to keep its label.
 * @returns null if the embed has no alt text
 */
export function removeAltText(note: string, embed: ImageEmbed): TextEdit | null {
  if (embed.syntax === 'html') return writeAltText(note, embed, '');
  const { altSpan, sizeSpan, reference } = embed;
  if (altSpan === null || altSpan.from === altSpan.to) return null;
  const isBeforeSize = sizeSpan !== null && sizeSpan.from >= altSpan.to;
  const end = isBeforeSize ? sizeSpan.from : altSpan.to;
  if (reference !== null && reference.form !== 'full') {
    const textEnd = embed.to - (reference.form === 'collapsed' ? '][]'.length : ']'.length);
    return { from: altSpan.from, to: embed.to, insert: `${note.slice(end, textEnd)}][${reference.label}]` };
  }
  const pipe = embed.inTable ? '\\|' : '|';
  const from = embed.syntax === 'wiki' && !isBeforeSize ? altSpan.from - pipe.length : altSpan.from;
  return { from, to: end, insert: '' };
}
