import { NotesightError } from '../errors.ts';

/** A link in a drawing, in any namespace. */
const LINK = /([^\s=<>"'/]*href\s*=\s*)("[^"]*"|'[^']*')/g;
/** A link to another part of the drawing, or data. */
const OWN = /^["']\s*(?:#|data:)/;

/**
 * Removes links to files from a drawing, for a rendering library that would load them. Otherwise a drawing
 * from someone else could send local files to a model.
 * @param bytes an SVG in UTF-8
 * @throws NotesightError `image_unsupported` if it declares entities, which could be such links
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
