import { isOfRequest } from '../error-kinds.ts';
import { NotesightError } from '../errors.ts';
import type { Tile, Tiles } from '../image/cut-tiles.ts';
import type { Description, PartDescription } from '../model/image-description.ts';
import type { FittedImage } from '../ports.ts';
import { joinTileTexts } from './join-tile-texts.ts';
import type { ShownImage } from './show-image.ts';

/**
 * Has a model look at an image in parts, at full resolution, and describe it anew by what it saw in them. The merge is
 * shown the whole again: it has to see how the parts lie together, and a small model that is shown nothing makes things
 * up. A part that can't be described is left out; where the merge can't be, the words of the whole stay, with the text
 * that was read in the parts.
 * @param whole what was said of the whole
 * @throws NotesightError `answer_unusable` where no part could be described, `cancelled`, and every code of a server
 */
export async function analyzeTiles(
  { rows, columns, tiles }: Tiles,
  whole: Description,
  { fit, ask }: ShownImage,
): Promise<Description> {
  const parts: PartDescription[] = [];
  for (const [tile, image] of madeAhead(tiles, fit)) {
    const place = { row: tile.row, column: tile.column, rows, columns };
    const description = await unlessUnusable(async () =>
      ask({ kind: 'part', place, whole }, await image, tile),
    );
    if (description !== null) parts.push({ place, description });
  }
  if (parts.length === 0) throw new NotesightError('answer_unusable', 'no part could be described');

  const said = await unlessUnusable(async () => ask({ kind: 'merge', whole, parts }, await fit(null), null));
  // The whole in the right language is better than all of it in another.
  const merged = said?.wrongLanguage === true && whole.wrongLanguage !== true ? null : said;
  const read = joinTileTexts(parts.map(({ place, description }) => ({ place, text: description.text })));
  return {
    alt: orElse(merged?.alt, whole.alt),
    description: orElse(merged?.description, whole.description),
    // Where a part is missing, the whole may have read more.
    text: parts.length === tiles.length && read !== '' ? read : longer(read, whole.text),
    tags: merged?.tags ?? whole.tags,
    decorative: false,
    ...((merged ?? whole).wrongLanguage === true && { wrongLanguage: true }),
  };
}

/** Each part with its image; the next is made ready while the model looks at this one. */
function* madeAhead(
  tiles: readonly Tile[],
  fit: ShownImage['fit'],
): Generator<readonly [Tile, Promise<FittedImage>], void> {
  let ready: Promise<FittedImage> | null = null;
  for (const [index, tile] of tiles.entries()) {
    const image: Promise<FittedImage> = ready ?? fit(tile);
    const next = tiles[index + 1];
    ready = next === undefined ? null : fit(next);
    // Its turn may never come.
    ready?.catch(() => undefined);
    yield [tile, image];
  }
}

async function unlessUnusable(asking: () => Promise<Description>): Promise<Description | null> {
  try {
    return await asking();
  } catch (error) {
    if (error instanceof NotesightError && isOfRequest(error)) return null;
    throw error;
  }
}

const longer = (one: string, other: string): string => (one.length > other.length ? one : other);

const orElse = (words: string | undefined, other: string): string =>
  words === undefined || words === '' ? other : words;
