import { NotesightError } from '../errors.ts';

/** A link of a drawing, whatever namespace its attribute is in. */
const LINK = /([^\s=<>"'/]*href\s*=\s*)("[^"]*"|'[^']*')/g;
/** What stands in the drawing itself: another part of it, or data. */
const OWN = /^["']\s*(?:#|data:)/;

/**
 * A drawing without its links to files. For a drawing library that would load them: a drawing that somebody sends must not
 * bring files of this machine into what a model sees.
 * @param bytes an SVG in UTF-8
 * @throws NotesightError `image_unsupported` where it declares entities, which could be such links
 */
export function svgWithoutFiles(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(bytes);
  if (text.includes('<!ENTITY')) {
    throw new NotesightError('image_unsupported', 'an SVG with entities', {
      data: { kind: 'svg', why: 'contains entity declarations' },
    });
  }
  return new TextEncoder().encode(
    text.replace(LINK, (link, name: string, value: string) => (OWN.test(value) ? link : `${name}""`)),
  );
}
