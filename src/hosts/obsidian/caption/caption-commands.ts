import { type App, Notice, type TAbstractFile, type TFile } from 'obsidian';
import { fingerprint } from '../../../core/image/fingerprint.ts';
import type { ImageEmbed } from '../../../core/note/image-embed.ts';
import { imageSource } from '../../../core/note/image-source.ts';
import { needsAltText } from '../../../core/note/needs-alt-text.ts';
import { resolveImage } from '../../../core/note/resolve-image.ts';
import type { CaptionRecord } from '../../../core/storage/caption-log.ts';
import { copiedDescription, notExcluded } from '../../../editor/caption-actions.ts';
import type { CaptionerPorts } from '../../../editor/captioner.ts';
import { undoCounts } from '../../../editor/messages/counts.ts';
import { showError } from '../show-error.ts';
import type { Batches } from './batches.ts';
import { captionTargets, type CaptionTargets } from './caption-targets.ts';
import { createDetailQuestion } from './detail-question.ts';
import { openReview } from './open-review.ts';
import type { ReviewPorts } from './review-modal.ts';
import { unavailable } from './unavailable-image.ts';

/** Captioning actions, for the command palette and menus. */
export interface CaptionCommands {
  readonly captionEmbed: (note: TFile, embed: ImageEmbed) => Promise<void>;
  /** Captions the images of these files as one batch. */
  readonly captionAll: (files: readonly TAbstractFile[]) => Promise<void>;
  /** Regenerates the existing alt text, after a review. */
  readonly describeAgain: (note: TFile, embed: ImageEmbed) => void;
  /** Adds a description below each image of a note, after a review; alt text written by the user stays. */
  readonly describeUnder: (note: TFile) => Promise<void>;
  readonly copyDescription: (note: TFile, embed: ImageEmbed) => Promise<void>;
  readonly undo: () => Promise<void>;
}

export function createCaptionCommands(app: App, ports: ReviewPorts, batches: Batches): CaptionCommands {
  const { captioner, words, explain } = ports;
  const { settings, files } = captioner.ports;

  return {
    async captionEmbed(note, embed) {
      const image = resolveImage(embed, note.path, files.index());
      const { kind } = image;
      if (needsAltText(embed) === null) new Notice(words.notices.hasWords);
      else if (kind === 'missing' || (kind === 'remote' && !settings().remoteImages))
        showError(await unavailable(image, embed, note.path, captioner.ports), explain);
      else await batches.caption(onlyEmbed(note, embed), null);
    },
    async captionAll(chosen) {
      await batches.caption(
        captionTargets(chosen, app, settings(), await ports.skipped()),
        chosen.map(({ path }) => path),
      );
    },
    describeAgain(note, embed) {
      const thorough = { ...createDetailQuestion(app, words), isSingle: true };
      openReview(app, ports, onlyEmbed(note, embed), { useLog: false, thorough });
    },
    async describeUnder(note) {
      const wanted = notExcluded(settings(), await ports.skipped());
      openReview(app, ports, { notes: [note.path], wanted }, { keepsAlt: true });
    },
    async copyDescription(note, embed) {
      const image = resolveImage(embed, note.path, files.index());
      const source = imageSource(image, false);
      const record = source === null ? null : await lastRecord(source, captioner.ports).catch(() => null);
      if (record === null) {
        new Notice(words.notices.notDescribed);
        return;
      }
      await navigator.clipboard.writeText(copiedDescription(record));
      new Notice(words.notices.copied);
    },
    async undo() {
      try {
        const undone = await captioner.undo();
        new Notice(undone === null ? words.notices.nothingToUndo : words.notices.undone(undoCounts(undone)));
      } catch (error) {
        showError(error, explain);
      }
    },
  };
}

function onlyEmbed(note: TFile, embed: ImageEmbed): CaptionTargets {
  return { notes: [note.path], wanted: ({ embed: found }) => found.from === embed.from };
}

/** The latest log entry of an image file, by any model and in any language. */
export async function lastRecord(
  source: string,
  { openVaultData, images }: Pick<CaptionerPorts, 'openVaultData' | 'images'>,
): Promise<CaptionRecord | null> {
  const { log } = await openVaultData();
  const bytes = await images.read(source, new AbortController().signal);
  return log.last(await fingerprint(bytes)) ?? null;
}
