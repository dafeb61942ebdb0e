import type { ImageEmbed } from './image-embed.ts';

/** Characters that would end the link or affect the text after it. */
const UNSAFE = /[`$|<>\\\r\n]|%%|!\[/;

/**
 * Returns a link to an embedded image in the syntax of its embed: `[[target|words]]` for a wiki embed,
 * otherwise `[words](target)`.
 * @param words plain text without Markdown markup
 * @returns null if the target can't be used in a link or is a `data:` URI
 */
export function imageLink(
  { syntax, target }: Pick<ImageEmbed, 'syntax' | 'target'>,
  words: string,
): string | null {
  if (target === '' || UNSAFE.test(target) || /^data:/i.test(target)) return null;
  if (syntax === 'wiki') return /[[\]]/.test(target) ? null : `[[${target}|${words}]]`;
  const destination = target.replace(/&(?=#?[0-9A-Za-z]+;)/g, '&amp;');
  return `[${words}](${/[\s()[\]]/.test(destination) ? `<${destination}>` : destination})`;
}
