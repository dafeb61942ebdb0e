import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** Parses a note with `mdast-util-from-markdown` and GFM, independently of our code. */
export function mdast(markdown: string): Nodes {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

/** The alt texts of the images. */
export function mdastAlts(markdown: string): string[] {
  const visit = (node: Nodes): string[] => {
    if (node.type === 'image' || node.type === 'imageReference') return [node.alt ?? ''];
    return 'children' in node ? node.children.flatMap(visit) : [];
  };
  return visit(mdast(markdown));
}

/** The plain text of a node; a line break stays, an image becomes its target. */
export function plainWords(node: Nodes): string {
  if ('children' in node) return node.children.map(plainWords).join('');
  if (node.type === 'break') return '\n';
  if (node.type === 'image') return node.url;
  if (node.type === 'imageReference') return node.identifier;
  return 'value' in node ? node.value : '';
}

/**
 * What a note contains apart from captions: its text, marked as headings, items, code and so on.
 * @param isCaption whether emphasis or a quote with this text is a caption to skip
 */
export function mdastOutline(markdown: string, isCaption: (words: string) => boolean): string {
  const outline = (node: Nodes): string => {
    if (node.type === 'text') return node.value;
    if (node.type === 'break') return ' ';
    if (node.type === 'image') return `(image ${node.url})`;
    if (node.type === 'imageReference') return `(image ${node.identifier})`;
    if (node.type === 'html') return `(html ${node.value.replace(/\salt(?:="[^"]*")?/gi, '')})`;
    if (node.type === 'code' || node.type === 'inlineCode') return `(${node.type} ${node.value})`;
    if ((node.type === 'emphasis' || node.type === 'blockquote') && isCaption(plainWords(node))) return '';
    const inside = 'children' in node ? node.children.map(outline).join('') : '';
    return node.type === 'paragraph' || node.type === 'root' ? ` ${inside} ` : `(${node.type} ${inside})`;
  };
  return outline(mdast(markdown))
    .replace(/\s+/g, ' ')
    .replace(/ ?([()]) ?/g, '$1');
}
