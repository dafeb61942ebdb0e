import { isRequestAtFault } from '../error-kinds.ts';
import { NotesightError } from '../errors.ts';
import type { Tile, Tiles } from '../image/cut-tiles.ts';
import type { Description, PartDescription } from '../model/image-description.ts';
import type { FittedImage } from '../ports.ts';
import { joinTileTexts } from './join-tile-texts.ts';
import type { ShownImage } from './show-image.ts';

/**
 * Has a model analyze the tiles of an image at full resolution and merge the results into a new description. The
 * merge includes the whole image again: the model needs the layout of the tiles, and small models make things up
 * without an image. A tile that can't be described is left out. If the merge fails, the description of the whole is
 * kept, with the text that was read in the tiles.
 * @param whole the description of the whole image
 * @throws NotesightError `answer_unusable` if no tile could be described, `cancelled`, and every code of a server
 */
export async function analyzeTiles(
  { rows, columns, tiles }: Tiles,
  whole: Description,
  { fit, ask }: ShownImage,
): Promise<Description> {
  const parts: PartDescription[] = [];
  for (const [tile, image] of prepareAhead(tiles, fit)) {
    const place = { row: tile.row, column: tile.column, rows, columns };
    const description = await unlessUnusable(async () =>
      ask({ kind: 'part', place, whole }, await image, tile),
    );
    if (description !== null) parts.push({ place, description });
  }
  if (parts.length === 0) throw new NotesightError('answer_unusable', 'no part could be described');

  const answer = await unlessUnusable(async () =>
    ask({ kind: 'merge', whole, parts }, await fit(null), null),
  );
  // A description of the whole in the right language is better than a merged one in the wrong language.
  const merged = answer?.wrongLanguage === true && whole.wrongLanguage !== true ? null : answer;
  const read = joinTileTexts(parts.map(({ place, description }) => ({ place, text: description.text })));
  return {
    alt: orElse(merged?.alt, whole.alt),
    description: orElse(merged?.description, whole.description),
    // If a tile is missing, the whole image may have more text.
    text: parts.length === tiles.length && read !== '' ? read : longer(read, whole.text),
    tags: merged?.tags ?? whole.tags,
    decorative: false,
    ...((merged ?? whole).wrongLanguage === true && { wrongLanguage: true }),
  };
}

/** Yields each tile with its image, and prepares the next one while the model analyzes this one. */
function* prepareAhead(
  tiles: readonly Tile[],
  fit: ShownImage['fit'],
): Generator<readonly [Tile, Promise<FittedImage>], void> {
  let ready: Promise<FittedImage> | null = null;
  for (const [index, tile] of tiles.entries()) {
    const image: Promise<FittedImage> = ready ?? fit(tile);
    const next = tiles[index + 1];
    ready = next === undefined ? null : fit(next);
    // If the loop ends early, nobody awaits this image.
    ready?.catch(() => undefined);
    yield [tile, image];
  }
}

async function unlessUnusable(asking: () => Promise<Description>): Promise<Description | null> {
  try {
    return await asking();
  } catch (error) {
    if (error instanceof NotesightError && isRequestAtFault(error)) return null;
    throw error;
  }
}

function longer(one: string, other: string): string {
  return one.length > other.length ? one : other;
}

function orElse(words: string | undefined, other: string): string {
  return words === undefined || words === '' ? other : words;
}
