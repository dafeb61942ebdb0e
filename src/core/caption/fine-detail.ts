import { isCancelled } from '../errors.ts';
import { cutTiles, type Tiles } from '../image/cut-tiles.ts';
import { FINE_DETAIL, lostDetail, measuredSize } from '../image/lost-detail.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { MeasuringCodec } from '../ports.ts';

/** Which images to analyze in tiles: those that lose fine detail, or all that are sent downscaled. */
export type DetailChoice = 'auto' | 'always';

/**
 * The maximum number of tiles of one image. Each tile is a request, so the automatic choice stays cheap. The larger
 * number, as many as models use that tile images themselves, requires that the user chose `always`.
 */
const MAX_TILES: Readonly<Record<DetailChoice, number>> = { auto: 4, always: 9 };

/** The additional cost of analyzing images in tiles. */
export interface DetailCost {
  readonly images: number;
  readonly requests: number;
  /** Of the requests, including their images, and of answers of the usual length. */
  readonly tokens: number;
}

/** Tokens of a request without its image, plus an answer of the usual length. */
const REQUEST_TOKENS = 1000;
/** Tokens of the description of one tile in the request for the merge. */
const TILE_TOKENS = 200;

/** Decides which images to analyze in tiles. Each image is measured once. */
export interface FineDetail {
  /**
   * @param print the fingerprint of the image's bytes
   * @returns the tiles, or null if the whole image is enough or can't be read
   * @throws NotesightError `cancelled`
   */
  tilesOf(print: string, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<Tiles | null>;
  /** The cost of the tiles of one image. */
  costOf(tiles: Tiles): DetailCost;
}

/** @returns null for an engine that doesn't support tiles */
export function createFineDetail(
  choice: DetailChoice,
  { codec, model }: { readonly codec: MeasuringCodec; readonly model: VisionModel },
): FineDetail | null {
  const { inputSize, tasks } = model;
  if (tasks === null) return null;
  const threshold = choice === 'always' ? 0 : FINE_DETAIL;
  const measured = new Map<string, Promise<Tiles | null>>();

  async function measure(bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<Tiles | null> {
    const gray = await codec.gray(bytes, measuredSize, signal);
    if (lostDetail(gray, inputSize(gray.source)) < threshold) return null;
    const tiles = cutTiles(gray.source, inputSize, MAX_TILES[choice]);
    return tiles.tiles.length > 1 ? tiles : null;
  }

  return {
    tilesOf(print, bytes, signal) {
      const known = measured.get(print);
      if (known !== undefined) return known;
      const measuring = measure(bytes, signal).catch((error: unknown) => {
        measured.delete(print);
        // An error in the image is reported when the image is described.
        if (isCancelled(error) || signal.aborted) throw error;
        return null;
      });
      measured.set(print, measuring);
      return measuring;
    },
    costOf({ tiles }) {
      const images = tiles.reduce((sum, tile) => sum + tasks.imageTokens(inputSize(tile)), 0);
      // The merge includes the whole image, which is about as large as a tile.
      const whole = Math.round(images / tiles.length);
      const requests = tiles.length + 1;
      return {
        images: 1,
        requests,
        tokens: images + whole + requests * REQUEST_TOKENS + tiles.length * TILE_TOKENS,
      };
    },
  };
}

export function sumCosts(costs: readonly DetailCost[]): DetailCost {
  return costs.reduce(
    (sum, { images, requests, tokens }) => ({
      images: sum.images + images,
      requests: sum.requests + requests,
      tokens: sum.tokens + tokens,
    }),
    { images: 0, requests: 0, tokens: 0 },
  );
}
