import { FileType, type Position, type TextDocument, Uri, window, workspace } from 'vscode';
import type { CaptionOptions } from '../../../core/caption/caption-notes.ts';
import { isChangedMeanwhile } from '../../../core/error-kinds.ts';
import { isCancelled, NotesightError } from '../../../core/errors.ts';
import { imageAt } from '../../../core/note/image-at.ts';
import type { ImageEmbed } from '../../../core/note/image-embed.ts';
import { imageSource } from '../../../core/note/image-source.ts';
import { createImageResolver } from '../../../core/note/list-images.ts';
import { needsAltText } from '../../../core/note/needs-alt-text.ts';
import { createExclude } from '../../../core/settings/exclude.ts';
import { undoCounts } from '../../../editor/messages/counts.ts';
import { needsCaption } from '../../../editor/needs-caption.ts';
import { type UnfinishedBatch, withoutFailed } from '../../../editor/unfinished-batch.ts';
import type { OpenVault, Vaults } from '../adapters/vaults.ts';
import type { Services } from '../services.ts';
import type { CaptionRuns, Job } from './caption-runs.ts';

/** What a user can have done to the images of notes. */
export interface Captions {
  /** Words for the image at a place of a note, where it has none. */
  captionAt(document: TextDocument, position: Position): Promise<void>;
  /** Other words in place of those that stand there, after a review. */
  describeAgain(document: TextDocument, position: Position): Promise<void>;
  /** Words for all images of notes and of the notes in folders that lack them. */
  captionAll(files: readonly Uri[]): Promise<void>;
  /** What each image of a note shows, under it, after a review; words of a person's own stay. */
  describeUnder(note: Uri): Promise<void>;
  /** Words for an image that has just come into a note; nothing is shown but what went wrong. */
  captionQuietly(note: Uri, file: string): Promise<void>;
  /** Puts what is known of the image at a place on the clipboard. @returns the words, or null */
  description(document: TextDocument, position: Position): Promise<string | null>;
  /** Takes back the last batch. */
  undo(): Promise<void>;
  /** Continues the batch that is paused or was cut short by a restart, with what is left of it. */
  resumeBatch(): Promise<void>;
  /** Offers that after a restart, where something is left. */
  offerBatch(): Promise<void>;
}

/** How often the caption of a new image is tried again where the note changed meanwhile. */
const MAX_TRIES = 3;

/** @param openVaults those of the folders that are open, and of the note at hand */
export function createCaptions(
  services: Services,
  vaults: Vaults,
  runs: CaptionRuns,
  openVaults: () => Promise<readonly OpenVault[]>,
): Captions {
  const { words, workOf, tell, unfinished } = services;

  /** One job for each vault: they are one batch, counted and undone together. */
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

  /** What is left of a batch; what is no longer there is passed over. */
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

  /** The image at a place of a note, or null after having said what is wrong. */
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
      const { leaveOut, style } = work.settings();
      const isLeftOut = createExclude(leaveOut);
      const wanted: CaptionOptions['wanted'] = ({ image }, path) =>
        !isLeftOut(path) && !(image.kind === 'file' && isLeftOut(image.path));
      await runs.review([{ work, notes: [vault.pathOf(note)], wanted }], {
        useLog: true,
        style: style === 'alt' ? 'callout' : style,
        keepsAlt: true,
      });
    },
    async captionQuietly(uri, file) {
      const vault = await vaults.of(uri);
      const { captioner, settings } = workOf(vault);
      const lacks = needsCaption(settings());
      const wanted: CaptionOptions['wanted'] = (listed, note) =>
        listed.image.kind === 'file' && listed.image.path === file && lacks(listed, note);
      try {
        for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
          const job = { notes: [vault.pathOf(uri)], wanted, write: true, useLog: true };
          const { results, pause } = await captioner.run(job, () => undefined);
          if (pause !== null) throw pause.error;
          const error = results.find(({ status }) => status === 'failed')?.error ?? null;
          if (error === null) return;
          // It was typed in meanwhile: the answer is in the log, and goes to where the image stands now.
          if (!isChangedMeanwhile(error) || attempt === MAX_TRIES) throw error;
        }
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
      return [record.description || record.alt, record.text].filter((part) => part !== '').join('\n\n');
    },
    async undo() {
      try {
        for (const vault of await openVaults()) workOf(vault);
        const batches = await Promise.all(
          services.works().map(async ({ captioner }) => {
            const { journal } = await captioner.ports.openMemory();
            return { captioner, id: (await journal.lastBatch())?.id ?? '' };
          }),
        );
        const last = batches.reduce<(typeof batches)[number] | null>(
          (newest, batch) => (batch.id > (newest?.id ?? '') ? batch : newest),
          null,
        );
        const undone = (await last?.captioner.undo()) ?? null;
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
