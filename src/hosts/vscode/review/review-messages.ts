import * as z from 'zod/mini';
import type { ReviewItem, ReviewOutcome } from '../../../ui/review/review-item.ts';
import type { RefineOutcome, ReviewActions } from '../../../ui/review/review-view.ts';
import type { ReviewProgress } from '../../../ui/review/review-words.ts';
import { type FromPageOf, pageMessageParser } from '../adapters/page-messages.ts';

/** Messages from the extension to the page of a review. */
export type ToReviewPage =
  | { readonly type: 'add'; readonly item: ReviewItem }
  | { readonly type: 'update'; readonly id: string; readonly outcome: ReviewOutcome }
  | { readonly type: 'refined'; readonly id: string; readonly outcome: RefineOutcome }
  | { readonly type: 'picked'; readonly id: string; readonly prompt: string }
  | { readonly type: 'remove'; readonly id: string }
  | { readonly type: 'progress'; readonly progress: ReviewProgress | null }
  /** @see ReviewView.showBanner: the first label removes it */
  | {
      readonly type: 'banner';
      readonly banner: number;
      readonly text: string;
      readonly labels: readonly [string, ...string[]];
    }
  | { readonly type: 'focus' };

/** UTF-16 units. */
const MAX_TEXT = 100_000;

const id = z.string().check(z.maxLength(MAX_TEXT));
const ids = z.array(id);
const text = z.string().check(z.maxLength(MAX_TEXT));
/** A single line that is not blank. */
const line = text.check(z.regex(/^[^\r\n]*\S[^\r\n]*$/));
const index = z.int().check(z.minimum(0));

/** The arguments of each action of the user on the page. */
const SCHEMAS = {
  accept: z.tuple([z.array(z.object({ id, alt: line }))]),
  skip: z.tuple([ids]),
  askAgain: z.union([z.tuple([ids]), z.tuple([ids, text])]),
  describeWith: z.tuple([id]),
  refine: z.tuple([id, z.object({ alt: line, feedback: line })]),
  edit: z.tuple([id, z.nullable(text)]),
  openNote: z.tuple([id]),
  pause: z.tuple([]),
  resume: z.tuple([]),
  stop: z.tuple([]),
  /** A button of a banner. */
  choose: z.tuple([index, index]),
} satisfies Record<Exclude<keyof ReviewActions, 'skipAlways'> | 'choose', z.ZodMiniType>;

/** Messages from the page to the extension. */
export type FromReviewPage = FromPageOf<typeof SCHEMAS>;

/** A validated message of the page, or null if it is unknown. */
export const parseFromReviewPage = pageMessageParser(SCHEMAS);
