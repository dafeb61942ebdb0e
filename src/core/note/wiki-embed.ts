import type { NoteBlock } from '../markdown/block-scanner.ts';
import type { WikiConstruct } from '../markdown/inline-scanner.ts';
import type { Span } from '../markdown/span.ts';
import { shift } from '../markdown/span.ts';
import type { ImageEmbed } from './image-embed.ts';
import { splitLabel } from './layout-words.ts';

/** Returns the target of `target#part|words|300`. https://help.obsidian.md/embeds */
export function wikiTarget(content: string): string {
  return content.slice(0, targetEnd(content)).trim();
}

/** Returns the embed for `![[…]]`. */
export function wikiEmbed(block: NoteBlock, wiki: WikiConstruct): ImageEmbed {
  const { from: offset } = block;
  const inTable = block.kind === 'cell';
  const content = block.text.slice(wiki.content.from, wiki.content.to);
  const at = offset + wiki.content.from;

  const target = trimmed(content, { from: 0, to: targetEnd(content) });
  const rest = content.indexOf('|', target.to) + 1;
  const { words, size, sizeSpan } = splitLabel(content.slice(rest), true, inTable);
  // `![[a.png]]`, `![[a.png|300]]` and `![[a.png|left]]` have no position for alt text.
  const hasAlt = rest > 0 && words.to !== sizeSpan?.from;
  const alt = hasAlt ? trimmed(content, shift(words, rest)) : null;
  return {
    from: offset + wiki.from,
    to: offset + wiki.to,
    syntax: 'wiki',
    alt: alt ? content.slice(alt.from, alt.to) : '',
    altSpan: alt && shift(alt, at),
    target: content.slice(target.from, target.to),
    targetSpan: shift(target, at),
    size: rest > 0 ? size : null,
    sizeSpan: rest > 0 ? sizeSpan && shift(sizeSpan, at + rest) : null,
    title: null,
    reference: null,
    inTable,
  };
}

/** Returns the offset of the first `|`, which is written as `\|` in a table. */
function targetEnd(content: string): number {
  return /\\?\||$/.exec(content)?.index ?? content.length;
}

function trimmed(text: string, { from, to }: Span): Span {
  const part = text.slice(from, to);
  const start = from + part.length - part.trimStart().length;
  return { from: start, to: start + part.trim().length };
}
