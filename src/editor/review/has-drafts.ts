import type { NoteSurvey } from '../caption-actions.ts';
import { placesOf, type ReviewDrafts } from './review-drafts.ts';

/** Whether the user edited or skipped one of the images in an unfinished review, so that it must be reviewed. */
export function hasDrafts(surveys: readonly NoteSurvey[], drafts: ReviewDrafts): boolean {
  return surveys.some(({ note, sources, wanted }) => {
    const places = placesOf('missing', note, sources);
    return wanted.some((at) => {
      const place = places[at];
      return place != null && drafts.get(place) !== null;
    });
  });
}
