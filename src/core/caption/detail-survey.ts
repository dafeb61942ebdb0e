import type { FineDetail } from './fine-detail.ts';

/** What tiles would add to a batch that described each image as a whole. */
export interface DetailOffer {
  /** How many images have fine print or thin lines that the model did not get to see. */
  readonly images: number;
  /** The requests with tiles by the requests without. */
  readonly factor: number;
  /** How much longer it would take, at the rate of this batch. */
  readonly milliseconds: number;
}

/** Measures the images of a batch while the model is busy, and what describing one takes. */
export interface DetailSurvey {
  /** Takes in an image that the model is asked about; it is measured on the side. */
  add(print: string, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): void;
  /** Takes in how long an image took, in milliseconds. */
  took(milliseconds: number): void;
  /**
   * @param atOnce how many images the model was asked about at once
   * @returns null where no image needs tiles
   */
  offer(atOnce: number): Promise<DetailOffer | null>;
}

export function createDetailSurvey(fineDetail: FineDetail): DetailSurvey {
  const requests: Promise<number>[] = [];
  let described = 0;
  let total = 0;
  return {
    add(print, bytes, signal) {
      const measured = fineDetail.tilesOf(print, bytes, signal).then(
        (tiles) => (tiles === null ? 0 : fineDetail.costOf(tiles).requests),
        // The batch was stopped: there is nothing to offer.
        () => 0,
      );
      requests.push(measured);
    },
    took(milliseconds) {
      described++;
      total += milliseconds;
    },
    async offer(atOnce) {
      const each = await Promise.all(requests);
      const more = each.reduce((sum, count) => sum + count, 0);
      if (more === 0 || described === 0) return null;
      return {
        images: each.filter((count) => count > 0).length,
        factor: (described + more) / described,
        milliseconds: ((total / described) * more) / atOnce,
      };
    },
  };
}
