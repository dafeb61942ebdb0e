import type { Definition, Nodes } from 'mdast';
import { fromMarkdown, type Handle } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

import type { Span } from '../../src/core/markdown/span.ts';

/** An image in Markdown syntax, as parsed by mdast. */
export interface MdastImage extends Span {
  readonly alt: string;
  readonly target: string;
  readonly title: string | null;
  readonly form: 'full' | 'collapsed' | 'shortcut' | null;
}

export interface MdastImages {
  readonly images: readonly MdastImage[];
  /** Offsets of the `<img src=…>` tags in text. */
  readonly tags: readonly number[];
  /** HTML blocks, which mdast does not parse. */
  readonly htmlBlocks: readonly Span[];
}

/** The reference result: what `mdast-util-from-markdown` with GFM finds in a document. */
export function mdastImages(markdown: string): MdastImages {
  const tree = fromMarkdown(markdown, {
    extensions: [
      gfm(),
      // A bare URL is a link only in GFM. In a note, an image directly after a URL is an image.
      { disable: { null: ['wwwAutolink', 'protocolAutolink', 'emailAutolink'] } },
    ],
    mdastExtensions: [
      gfmFromMarkdown(),
      // mdast drops hard line breaks from alt text and joins the words.
      { enter: { hardBreakEscape: enterLineBreak, hardBreakTrailing: enterLineBreak } },
    ],
  });
  const definitions = new Map<string, Definition>();
  for (const { node } of walk(tree)) {
    if (node.type !== 'definition') continue;
    const identifier = node.identifier.toUpperCase();
    if (!definitions.has(identifier)) definitions.set(identifier, node);
  }

  const images: MdastImage[] = [];
  const tags: number[] = [];
  const htmlBlocks: Span[] = [];
  for (const { node, isFlow } of walk(tree)) {
    const span = { from: node.position?.start.offset ?? -1, to: node.position?.end.offset ?? -1 };
    if (node.type === 'html') {
      if (isFlow) htmlBlocks.push(span);
      else if (/^<img\s[^]*\bsrc\s*=/.test(node.value)) tags.push(span.from);
    } else if (node.type === 'image') {
      const { alt, url, title } = node;
      images.push({ ...span, alt: alt ?? '', target: url, title: title ?? null, form: null });
    } else if (node.type === 'imageReference') {
      const definition = definitions.get(node.identifier.toUpperCase());
      images.push({
        ...span,
        alt: node.alt ?? '',
        target: definition?.url ?? '',
        title: definition?.title ?? null,
        form: node.referenceType,
      });
    }
  }
  return { images, tags, htmlBlocks };
}

/** Keeps a line break as text. */
const enterLineBreak: Handle = function (token) {
  const lineBreak = { type: 'break', value: '\n' } as const;
  this.enter(lineBreak, token);
};

const FLOW = new Set(['root', 'blockquote', 'list', 'listItem', 'footnoteDefinition']);

function* walk(node: Nodes, isFlow = true): Generator<{ node: Nodes; isFlow: boolean }> {
  yield { node, isFlow };
  if (!('children' in node)) return;
  for (const child of node.children) yield* walk(child, FLOW.has(node.type));
}
