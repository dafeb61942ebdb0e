import type { ImageEmbed } from './image-embed.ts';

/** What would end the link, or mean something beyond it. */
const UNSAFE = /[`$|<>\\\r\n]|%%|!\[/;

/**
 * A link to an embedded image in the syntax of its embed: `[[target|words]]` for a wiki embed, else
 * `[words](target)`.
 * @param words plain words, without anything that Markdown takes for markup
 * @returns null where the target can't stand in a link or is the image itself (a `data:` URI)
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
