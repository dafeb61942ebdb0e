import { FileType, type Position, type TextDocument, Uri, window, workspace } from 'vscode';
import type { CaptionOptions } from '../../../core/caption/caption-notes.ts';
import { isCancelled, NotesightError } from '../../../core/errors.ts';
import { imageAt } from '../../../core/note/image-at.ts';
import type { ImageEmbed } from '../../../core/note/image-embed.ts';
import { imageSource } from '../../../core/note/image-source.ts';
import { createImageResolver } from '../../../core/note/list-images.ts';
import { needsAltText } from '../../../core/note/needs-alt-text.ts';
import {
  captionNewImage,
  copiedDescription,
  describeBelow,
  undoNewest,
} from '../../../editor/caption-actions.ts';
import { undoCounts } from '../../../editor/messages/counts.ts';
import { needsCaption } from '../../../editor/needs-caption.ts';
import { type UnfinishedBatch, withoutFailed } from '../../../editor/unfinished-batch.ts';
import type { OpenVault, Vaults } from '../adapters/vaults.ts';
import type { Services } from '../services.ts';
import type { CaptionRuns, Job } from './caption-runs.ts';

/** Captioning commands for the images of notes. */
export interface Captions {
  /** Captions the image at a position in a note, if it needs alt text. */
  captionAt(document: TextDocument, position: Position): Promise<void>;
  /** Regenerates the existing alt text, after a review. */
  describeAgain(document: TextDocument, position: Position): Promise<void>;
  /** Captions all images that need alt text in notes and in the notes of folders. */
  captionAll(files: readonly Uri[]): Promise<void>;
  /** Adds a description below each image of a note, after a review; alt text written by the user stays. */
  describeUnder(note: Uri): Promise<void>;
  /** Captions an image just added to a note; shows only errors. */
  captionQuietly(note: Uri, file: string): Promise<void>;
  /** Copies the description of the image at a position to the clipboard. @returns the text, or null */
  description(document: TextDocument, position: Position): Promise<string | null>;
  /** Undoes the last batch. */
  undo(): Promise<void>;
  /** Resumes the batch that is paused or was interrupted by a restart, with the remaining images. */
  resumeBatch(): Promise<void>;
  /** Offers to resume a batch after a restart, if images remain. */
  offerBatch(): Promise<void>;
}

/** @param openVaults the vaults of the open folders and of the active note */
export function createCaptions(
  services: Services,
  vaults: Vaults,
  runs: CaptionRuns,
  openVaults: () => Promise<readonly OpenVault[]>,
): Captions {
  const { words, workOf, tell, unfinished } = services;

  /** One job per vault; together they are one batch, counted and undone together. */
  async function jobsFor(files: readonly Uri[]): Promise<Job[]> {
    const byVault = new Map<OpenVault, Set<string>>();
    const add = (vault: OpenVault, notes: readonly string[]) => {
      byVault.set(vault, new Set([...(byVault.get(vault) ?? []), ...notes]));
    };
    for (const file of files) {
      const { type } = await workspace.fs.stat(file);
      if ((type & FileType.Directory) !== 0) {
        for (const { vault, notes } of await vaults.notesIn(file)) add(vault, notes);
      } else {
        const vault = await vaults.of(file);
        add(vault, [vault.pathOf(file)]);
      }
    }
    return [...byVault].map(([vault, notes]) => {
      const work = workOf(vault);
      return { work, notes: [...notes], wanted: needsCaption(work.settings()) };
    });
  }

  const spelled = (files: readonly Uri[]) => files.map((file) => file.toString());

  /** The remaining jobs of a batch; deleted files are skipped. */
  async function jobsLeft(batch: UnfinishedBatch): Promise<Job[]> {
    const files: Uri[] = [];
    for (const file of batch.chosen.map((text) => Uri.parse(text))) {
      const isThere = await Promise.resolve(workspace.fs.stat(file)).then(
        () => true,
        () => false,
      );
      if (isThere) files.push(file);
    }
    return (await jobsFor(files)).map((job) => ({ ...job, wanted: withoutFailed(job.wanted, batch) }));
  }

  /** The image at a position in a note, or null after reporting the problem. */
  async function imageOf(
    document: TextDocument,
    position: Position,
  ): Promise<{ embed: ImageEmbed; note: string; vault: OpenVault; file: string | null } | null> {
    const vault = await vaults.of(document.uri);
    const embed = imageAt(document.getText(), document.offsetAt(position));
    if (embed === null) {
      void window.showInformationMessage(words.notes.noImage);
      return null;
    }
    const note = vault.pathOf(document.uri);
    const image = createImageResolver(note, document.getText(), vault.files.index())(embed);
    if (image.kind === 'note' || image.kind === 'computed') {
      void window.showInformationMessage(words.notes.noImage);
      return null;
    }
    const error = (code: 'image_remote' | 'image_missing' | 'image_outside_vault') => {
      tell(new NotesightError(code, `${embed.target}: ${image.kind}`, { data: { path: embed.target } }));
      return null;
    };
    if (image.kind === 'missing') return error('image_missing');
    if (image.kind === 'outside') return error('image_outside_vault');
    if (image.kind === 'remote' && !workOf(vault).settings().remoteImages) return error('image_remote');
    return { embed, note, vault, file: imageSource(image, false) };
  }

  const only =
    ({ from }: ImageEmbed): CaptionOptions['wanted'] =>
    (listed) =>
      listed.embed.from === from;

  return {
    async captionAt(document, position) {
      const image = await imageOf(document, position);
      if (image === null) return;
      const { embed, note, vault } = image;
      if (needsAltText(embed) === null) void window.showInformationMessage(words.notices.hasWords);
      else await runs.caption([{ work: workOf(vault), notes: [note], wanted: only(embed) }]);
    },
    async describeAgain(document, position) {
      const image = await imageOf(document, position);
      if (image === null) return;
      const work = workOf(image.vault);
      const { style } = work.settings();
      const job = { work, notes: [image.note], wanted: only(image.embed) };
      await runs.review([job], { useLog: false, style, keepsAlt: false, isSingle: true });
    },
    captionAll: async (files) =>
      runs.caption(await jobsFor(files), { chosen: spelled(files), resumed: null }),
    async resumeBatch() {
      const batch = unfinished.resumable;
      if (batch === null) void window.showInformationMessage(words.paused.nothing);
      else await runs.caption(await jobsLeft(batch), { chosen: batch.chosen, resumed: batch });
    },
    async offerBatch() {
      const batch = unfinished.resumable;
      if (batch === null) return;
      if ((await runs.count(await jobsLeft(batch))) > 0) runs.tellPaused();
      else unfinished.dismiss();
    },
    async describeUnder(note) {
      const vault = await vaults.of(note);
      const work = workOf(vault);
      const { wanted, style } = describeBelow(work.settings());
      await runs.review([{ work, notes: [vault.pathOf(note)], wanted }], {
        useLog: true,
        style,
        keepsAlt: true,
      });
    },
    async captionQuietly(uri, file) {
      const vault = await vaults.of(uri);
      try {
        const paths = { note: vault.pathOf(uri), image: file };
        await captionNewImage(workOf(vault).captioner, () => paths);
      } catch (error) {
        if (!(error instanceof NotesightError)) throw error;
        if (isCancelled(error)) return;
        const { message, advice } = services.explain(error);
        services.log.warn(`${file}: ${message} ${advice}`);
        void window.setStatusBarMessage(`Notesight: ${message}`, 10_000);
      }
    },
    async description(document, position) {
      const image = await imageOf(document, position);
      if (typeof image?.file !== 'string') return null;
      const record = await workOf(image.vault).known(image.file);
      if (record === null) {
        void window.showInformationMessage(words.notices.notDescribed);
        return null;
      }
      return copiedDescription(record);
    },
    async undo() {
      try {
        for (const vault of await openVaults()) workOf(vault);
        const undone = await undoNewest(services.works().map(({ captioner }) => captioner));
        if (undone === null) {
          void window.showInformationMessage(words.notices.nothingToUndo);
          return;
        }
        void window.showInformationMessage(words.notices.undone(undoCounts(undone)));
      } catch (error) {
        tell(error);
      }
    },
  };
}
