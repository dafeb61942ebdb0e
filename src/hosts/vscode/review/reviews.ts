import { commands, type ExtensionContext, Uri, ViewColumn, window } from 'vscode';
import { NotesightError } from '../../../core/errors.ts';
import { findImages } from '../../../core/note/find-images.ts';
import { noteOfInline } from '../../../core/note/inline-source.ts';
import { findAgain } from '../../../core/note/relocate-embed.ts';
import { createReviewDrafts, type ReviewDrafts } from '../../../editor/review/review-drafts.ts';
import { type ReviewJob, ReviewSession } from '../../../editor/review/review-session.ts';
import { promptChoices } from '../../../editor/prompt-choices.ts';
import type { Reviewed, ReviewPart, ReviewVault } from '../../../editor/review/reviewed-image.ts';
import type { CaptionNotices } from '../caption/caption-notices.ts';
import type { Batch, Job } from '../caption/job-runner.ts';
import { errorActions } from '../servers/error-actions.ts';
import type { Services } from '../services.ts';
import { showInNote } from '../show-in-note.ts';
import type { VaultWork } from '../vault-work.ts';
import type { ReviewCaptions } from './preview-captions.ts';
import { openReviewPanel, type ReviewPanel } from './review-panel.ts';

const DRAFTS_KEY = 'notesight.review';

/** Reviews in tabs of the editor area. */
export interface Reviews {
  /** Describes images in a tab and writes what the user accepts there. */
  readonly review: ReviewCaptions;
  /** What the user typed in unfinished reviews of a vault. */
  draftsOf(work: VaultWork): ReviewDrafts;
}

export function createReviews(
  context: Pick<ExtensionContext, 'extensionUri' | 'workspaceState'>,
  services: Services,
  notices: CaptionNotices,
): Reviews {
  const { words, unfinished } = services;
  const drafts = new Map<VaultWork, ReviewDrafts>();
  /** Open reviews of batches. */
  const batches = new Map<ReviewSession, ReviewPanel>();

  function draftsOf(work: VaultWork): ReviewDrafts {
    const known = drafts.get(work);
    if (known !== undefined) return known;
    const { workspaceState } = context;
    const key = `${DRAFTS_KEY}:${work.vault.root}`;
    const made = createReviewDrafts({
      load: () => workspaceState.get(key),
      save: (stored) => void workspaceState.update(key, stored ?? undefined),
    });
    drafts.set(work, made);
    return made;
  }

  function partOf({ work, notes, wanted }: Job, urlOf: (file: Uri) => string): ReviewPart {
    const vault: ReviewVault = {
      id: work.vault.root,
      captioner: work.captioner,
      drafts: draftsOf(work),
      thumbnailOf(file, embed) {
        if (noteOfInline(file) !== null) return embed.target;
        return /^[a-z]{2,}:/i.test(file) ? '' : urlOf(work.vault.uriOf(file));
      },
    };
    return { vault, notes, wanted };
  }

  function jobOf(parts: readonly ReviewPart[], options: Options, batch: Batch | null): ReviewJob {
    const record = batch === null ? null : unfinished.begin(batch.chosen, batch.resumed);
    return { ...options, parts, record, suspect: batch?.resumed?.suspect ?? null };
  }

  function report(written: number, session: ReviewSession): void {
    if (written > 0 || session.isFinished) notices.showCounts({ written, kept: 0, failed: 0 });
    if (session.edits > 0) void window.showInformationMessage(words.batch.editsKept(session.edits));
  }

  return {
    draftsOf,
    review(jobs, options, batch) {
      // The review of a paused batch continues in a new tab; what the user typed is in the drafts.
      if (batch?.resumed) for (const panel of [...batches.values()]) panel.close();
      return new Promise((resolve) => {
        const roots = jobs.map(({ work }) => Uri.file(work.vault.root));
        const panel = openReviewPanel(context.extensionUri, services, roots, {
          actions: () => ({ ...session.actions, openNote: (id) => void openNote(session.find(id), jobs) }),
          choosePrompt: (id) => choosePrompt(session.find(id), services),
          closed() {
            batches.delete(session);
            void session.end().then((written) => {
              report(written, session);
              resolve();
            });
          },
        });
        const parts = jobs.map((job) => partOf(job, (file) => panel.fileUrl(file)));
        const session = new ReviewSession(
          {
            words,
            explain: services.explain,
            help: (error) => helpFor(error, services),
            tell: (message) => void window.showInformationMessage(message),
            finished() {
              panel.close();
            },
          },
          jobOf(parts, options, batch),
        );
        if (batch !== null) batches.set(session, panel);
        void session.start(panel.view);
      });
    },
  };
}

type Options = Parameters<ReviewCaptions>[1];

function helpFor(error: NotesightError, { words }: Pick<Services, 'words'>) {
  return errorActions(error).map(({ label, command, args }) => ({
    label: words.errorActions[label],
    run: () => void commands.executeCommand(command, ...args),
  }));
}

/** @returns the id of the chosen prompt, '' for the standard one; null if the user chose none */
async function choosePrompt(item: Reviewed | undefined, { words }: Services): Promise<string | null> {
  if (item === undefined) return null;
  const choices = promptChoices(item.vault.captioner.ports.settings(), words);
  const options = { title: words.review.describeWith };
  return (await window.showQuickPick(choices, options))?.id ?? null;
}

/** Shows an image in its note, beside the review. */
async function openNote(item: Reviewed | undefined, jobs: readonly Job[]): Promise<void> {
  const work = jobs.find((job) => job.work.captioner === item?.vault.captioner)?.work;
  if (item === undefined || work === undefined) return;
  const { note, embeds } = item.read;
  const text = await work.captioner.ports.notes.read(note).catch(() => null);
  const place = text === null ? null : findAgain(item.embed, embeds, findImages(text));
  const { from, to } = place ?? { from: 0, to: 0 };
  await showInNote(work.vault.uriOf(note), from, to, ViewColumn.Beside);
}
