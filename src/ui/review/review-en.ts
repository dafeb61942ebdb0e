import { pluralEn } from '../../core/text/plural.ts';
import { lightboxEn } from '../overlay/lightbox-words.ts';
import { timeLeftEn } from '../../core/text/time-left.ts';
import type { KeyHint, ReviewCounts, ReviewProgress } from './review-words.ts';

const images = (count: number) => pluralEn(count, 'image', 'images');

/** The text of a review, in English. */
export const reviewEn = {
  title: 'Review alt text',
  list: 'Images and their new alt text',
  counts: ({ ready, waiting, failed, done }: ReviewCounts) =>
    [
      `${ready} to review`,
      ...(waiting > 0 ? [`${waiting} in progress`] : []),
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(done > 0 ? [`${done} done`] : []),
    ].join(', '),
  allDone: 'All images reviewed.',
  acceptAll: 'Accept all',
  skipAll: 'Skip all',
  askAgainForAll: 'Regenerate all',
  askAgainForFailed: 'Retry failed',
  accept: 'Accept',
  skip: 'Skip',
  more: (file: string) => `More actions for ${file}`,
  decorative: 'Decorative, needs no alt text',
  never: 'Never describe this image',
  askAgain: 'Regenerate',
  describeWith: 'Describe with…',
  refineWith: 'Refine…',
  refine: 'Refine',
  feedback: (file: string) => `What to change in the alt text for ${file}`,
  feedbackExamples: 'For example: shorter, name the axes, in German',
  refining: 'Refining…',
  refined: 'Refined. Check the new text.',
  versions: {
    previousVersion: 'Previous version',
    nextVersion: 'Next version',
    version: (current: number, count: number) => `Version ${current} of ${count}`,
  },
  retry: 'Retry',
  waiting: 'Describing…',
  /** Marks a row whose image was not described when the work ended. */
  notDescribed: 'Not described yet',
  progress: 'Progress',
  described: ({ done, total, timeLeft, isPaused }: ReviewProgress) =>
    [
      `${isPaused ? 'Paused: ' : ''}${done} of ${total} described`,
      ...(timeLeft === null ? [] : [timeLeftEn(timeLeft / 1000)]),
    ].join(', '),
  pause: 'Pause',
  resume: 'Resume',
  stop: 'Stop',
  lightbox: lightboxEn,
  edited: 'Edited',
  useGenerated: 'Use generated text',
  useEdited: 'Restore my text',
  keptEdited: (count: number) =>
    count === 1
      ? 'The image you edited was not regenerated.'
      : `The ${count} images you edited were not regenerated.`,
  askAgainForEdited: 'Regenerate edited images too',
  skippedBefore: 'You skipped this image.',
  reviewSkipped: 'Review',
  oldAlt: (alt: string) => `Current alt text: ${alt}`,
  noOldAlt: 'No alt text yet',
  incomplete: 'The image file is incomplete.',
  wrongLanguage: 'Not in the selected language',
  newAlt: (file: string) => `New alt text for ${file}`,
  enlarge: (file: string) => `Enlarge ${file}`,
  inNote: (note: string) => `In ${note}`,
  byRule: (folder: string) => `Folder rule: ${folder}`,
  accepted: (count: number) => `${images(count)} accepted`,
  skipped: (count: number) => `${images(count)} skipped`,
  skippedAlways: (count: number) => `${images(count)} left out. You can undo this in the settings.`,
  hints: [
    { keys: ['↑', '↓'], does: 'switch image' },
    { keys: ['Enter'], does: 'accept' },
    { keys: ['Alt+Enter', 'Delete'], does: 'skip' },
  ] as readonly KeyHint[],
};

/** The text of a review that every language must provide, with that of the hosts. */
export type AllReviewWords = typeof reviewEn;
