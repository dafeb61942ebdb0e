import type { FineDetail } from './fine-detail.ts';

/** What tiles would add to a batch that described each image as a whole. */
export interface DetailOffer {
  /** The number of images with fine print or thin lines that are lost when the image is downscaled for the model. */
  readonly images: number;
  /** The number of requests with tiles, divided by the number without. */
  readonly factor: number;
  /** The additional time in milliseconds, at the rate of this batch. */
  readonly milliseconds: number;
}

/** Measures the images of a batch while the model is busy, and how long each description takes. */
export interface DetailSurvey {
  /** Adds an image that is being described; it is measured in the background. */
  add(print: string, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): void;
  /** Adds the time that one image took, in milliseconds. */
  took(milliseconds: number): void;
  /**
   * @param atOnce how many images were sent to the model at once
   * @returns null if no image needs tiles
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
        // The batch was stopped, so there is nothing to offer.
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
      const extra = each.reduce((sum, count) => sum + count, 0);
      if (extra === 0 || described === 0) return null;
      return {
        images: each.filter((count) => count > 0).length,
        factor: (described + extra) / described,
        milliseconds: ((total / described) * extra) / atOnce,
      };
    },
  };
}
