import { window } from 'vscode';
import type { CaptionEvent } from '../../../core/caption/caption-notes.ts';
import type { Caption, ReadNote } from '../../../core/caption/write-captions.ts';
import { NotesightError } from '../../../core/errors.ts';
import { needsAltText } from '../../../core/note/needs-alt-text.ts';
import type { CaptionJob, Thorough } from '../../../editor/captioner.ts';
import type { Services } from '../services.ts';
import type { CaptionNotices } from '../caption/caption-notices.ts';
import type { Batch, Job, JobRunner } from '../caption/job-runner.ts';
import { type NoteProposal, type ReviewedEdit, reviewEdit } from './preview-edit.ts';

export interface ReviewOptions extends Pick<CaptionJob, 'useLog'> {
  readonly thorough: Thorough | null;
  /** Whether alt text written by the user stays, and only the text below the image is new. */
  readonly keepsAlt: boolean;
}

/** Describes images and writes what the user accepts in a review. */
export type ReviewCaptions = (
  jobs: readonly Job[],
  options: ReviewOptions,
  batch: Batch | null,
) => Promise<void>;

export function createPreviewCaptions(
  { words, showError }: Services,
  runner: JobRunner,
  notices: CaptionNotices,
): ReviewCaptions {
  function showReviewed({ written, errors }: ReviewedEdit, failures: readonly NotesightError[]): void {
    if (written > 0 || errors.length === 0) notices.showCounts({ written, kept: 0, failed: failures.length });
    for (const error of errors) showError(error);
  }

  return async (jobs, { useLog, thorough, keepsAlt }, batch) => {
    try {
      const answers = collectAnswers(keepsAlt);
      const options = { write: false, useLog, thorough };
      const { offer, pause } = await runner.run(jobs, options, answers.add, batch);
      const { proposals, failures } = answers;
      const [failure] = failures;
      if (proposals.length === 0) {
        if (pause !== null) notices.showStop(pause);
        else if (failure !== undefined) showError(failure);
        return;
      }
      const proposed = proposals.reduce((sum, { captions }) => sum + captions.length, 0);
      const hint = window.setStatusBarMessage(words.batch.review(proposed));
      const reviewed = await reviewEdit(proposals, keepsAlt, words.batch.wrongLanguage).finally(() => {
        hint.dispose();
      });
      if (reviewed === null) void window.showInformationMessage(words.batch.discarded);
      else showReviewed(reviewed, failures);
      notices.showOffer(offer);
      // Only after the completed images are handled, because resuming opens the next review.
      if (pause !== null) notices.showStop(pause);
    } catch (error) {
      showError(error);
    }
  };
}

/** The answers of a run, as proposals for each note, and the errors of the images that failed. */
interface CollectedAnswers {
  readonly add: (event: CaptionEvent, job: Job) => void;
  readonly proposals: readonly NoteProposal[];
  readonly failures: readonly NotesightError[];
}

function collectAnswers(keepsAlt: boolean): CollectedAnswers {
  const proposals = new Map<ReadNote, NoteProposal & { readonly captions: Caption[] }>();
  const failures: NotesightError[] = [];
  return {
    add(event, { work }) {
      if (event.type !== 'described') return;
      const { read, embed, outcome } = event;
      if (outcome instanceof NotesightError) {
        failures.push(outcome);
        return;
      }
      const isOwn = keepsAlt && needsAltText(embed) === null;
      const description = isOwn
        ? { ...outcome.description, alt: embed.alt, decorative: false }
        : outcome.description;
      const proposal = proposals.get(read) ?? { work, read, captions: [] };
      proposal.captions.push({ embed, description });
      proposals.set(read, proposal);
    },
    get proposals() {
      return [...proposals.values()];
    },
    failures,
  };
}
