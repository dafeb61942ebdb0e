import * as z from 'zod/mini';
import { type FromPageOf, pageMessageParser } from '../adapters/page-messages.ts';

/** A button below a summary. */
export interface SummaryButton {
  readonly id: string;
  readonly label: string;
  readonly isMain: boolean;
}

/** What the page of a summary shows. */
export interface SummaryState {
  /** The URI of the note, from which the page is restored after a restart. */
  readonly note: string;
  /** Markdown with references to images. */
  readonly text: string;
  /** The number of images that can be referred to. */
  readonly images: number;
  readonly status: string;
  /** What the user should know before choosing; '' if nothing. */
  readonly warning: string;
  readonly buttons: readonly SummaryButton[];
}

/** Messages from the extension to the page. */
export interface ToSummaryPage {
  readonly type: 'state';
  readonly state: SummaryState;
}

/** The arguments of each action of the user on the page. */
const SCHEMAS = {
  press: z.tuple([z.string().check(z.maxLength(200))]),
  openImage: z.tuple([z.int().check(z.minimum(1))]),
  openLink: z.tuple([z.string().check(z.regex(/^https?:\/\//i), z.maxLength(10_000))]),
};

/** Messages from the page to the extension. */
export type FromSummaryPage = FromPageOf<typeof SCHEMAS>;

/** A validated message of the page, or null if it is unknown. */
export const parseFromSummaryPage = pageMessageParser(SCHEMAS);
