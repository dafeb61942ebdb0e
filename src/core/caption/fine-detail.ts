import { isCancelled } from '../errors.ts';
import { cutTiles, type Tiles } from '../image/cut-tiles.ts';
import { FINE_DETAIL, lostDetail, measuredSize } from '../image/lost-detail.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { MeasuringCodec } from '../ports.ts';

/** Which images are analyzed in tiles: those that lose fine detail, or all that are sent smaller than they are. */
export type DetailChoice = 'auto' | 'always';

/**
 * Tiles of one image. Each is a request, so a choice made by measuring stays cheap; as many as models that cut images
 * themselves take are for those who ask for them.
 */
const MAX_TILES: Readonly<Record<DetailChoice, number>> = { auto: 4, always: 9 };

/** What looking at images in parts costs, besides describing them as usual. */
export interface DetailCost {
  readonly images: number;
  readonly requests: number;
  /** Of the requests, with the images in them, and of the answers at their usual length. */
  readonly tokens: number;
}

/** Tokens of a request without its image, and of its answer at the usual length. */
const WORDS = 1000;
/** Tokens that are said of a part, and handed on to the merge. */
const SAID = 200;

/** Tells which images are to be looked at in parts; it measures each once. */
export interface FineDetail {
  /**
   * @param print the fingerprint of the image's bytes
   * @returns the parts, or null where the whole is enough, or the image can't be read
   * @throws NotesightError `cancelled`
   */
  tilesOf(print: string, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<Tiles | null>;
  /** What the parts of one image cost. */
  costOf(tiles: Tiles): DetailCost;
}

/** @returns null for an engine that can't be asked about parts */
export function createFineDetail(
  choice: DetailChoice,
  { codec, model }: { readonly codec: MeasuringCodec; readonly model: VisionModel },
): FineDetail | null {
  const { inputSize, tasks } = model;
  if (tasks === null) return null;
  const threshold = choice === 'always' ? 0 : FINE_DETAIL;
  const measured = new Map<string, Promise<Tiles | null>>();

  async function measure(bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<Tiles | null> {
    const grey = await codec.grey(bytes, measuredSize, signal);
    if (lostDetail(grey, inputSize(grey.source)) < threshold) return null;
    const tiles = cutTiles(grey.source, inputSize, MAX_TILES[choice]);
    return tiles.tiles.length > 1 ? tiles : null;
  }

  return {
    tilesOf(print, bytes, signal) {
      const known = measured.get(print);
      if (known !== undefined) return known;
      const measuring = measure(bytes, signal).catch((error: unknown) => {
        measured.delete(print);
        // What is wrong with the image is told when the model is to see it.
        if (isCancelled(error) || signal.aborted) throw error;
        return null;
      });
      measured.set(print, measuring);
      return measuring;
    },
    costOf({ tiles }) {
      const images = tiles.reduce((sum, tile) => sum + tasks.imageTokens(inputSize(tile)), 0);
      // The merge is shown the whole once more, which is about as large as a part.
      const whole = Math.round(images / tiles.length);
      const requests = tiles.length + 1;
      return { images: 1, requests, tokens: images + whole + requests * WORDS + tiles.length * SAID };
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
