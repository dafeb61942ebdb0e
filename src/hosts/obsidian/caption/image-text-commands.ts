import { type App, Notice, type TFile } from 'obsidian';
import type { ReadNote } from '../../../core/caption/write-captions.ts';
import { findImages } from '../../../core/note/find-images.ts';
import type { ImageEmbed } from '../../../core/note/image-embed.ts';
import { imageSource } from '../../../core/note/image-source.ts';
import { type ResolvedImage, resolveImage } from '../../../core/note/resolve-image.ts';
import { writeAltInNote } from '../../../editor/write-alt-in-note.ts';
import { showError } from '../show-error.ts';
import { createAskImageText } from './ask-image-text.ts';
import { createRefiner } from './refiner.ts';
import type { ReviewPorts } from './review-modal.ts';
import { unavailable } from './unavailable-image.ts';

/** Changes the alt text of one image with a text that the user types. */
export interface ImageTextCommands {
  /** Opens a dialog with the alt text. */
  readonly edit: (note: TFile, embed: ImageEmbed) => void;
  /** Asks for feedback, and has the model write the alt text again. */
  readonly refine: (note: TFile, embed: ImageEmbed) => Promise<void>;
  readonly close: () => void;
}

export function createImageTextCommands(
  app: App,
  ports: Pick<ReviewPorts, 'captioner' | 'words' | 'explain'>,
): ImageTextCommands {
  const { captioner, words, explain } = ports;
  const { files, notes, settings } = captioner.ports;
  const labels = words.imageText;
  const ask = createAskImageText(app, words, explain);
  const refiner = createRefiner(ports);
  const imageOf = (note: TFile, embed: ImageEmbed) => resolveImage(embed, note.path, files.index());
  const keyOf = (kind: string, note: TFile, { target }: ImageEmbed) => [kind, note.path, target].join('\n');

  async function read(note: TFile, embed: ImageEmbed): Promise<{ read: ReadNote; embed: ImageEmbed }> {
    const markdown = await notes.read(note.path);
    const embeds = findImages(markdown);
    const same = embeds.filter(({ target, alt }) => target === embed.target && alt === embed.alt);
    const place = same.find(({ from }) => from === embed.from) ?? same[0] ?? embed;
    return { read: { note: note.path, markdown, embeds }, embed: place };
  }

  return {
    edit(note, embed) {
      const { alt } = embed;
      const question = {
        title: labels.edit,
        thumbnail: thumbnailOf(app, imageOf(note, embed)),
        hint: '',
        kept: labels.kept(alt),
        label: labels.alt,
        placeholder: labels.none,
        value: alt,
        submit: labels.save,
      };
      ask(keyOf('alt', note, embed), question, async (text) => {
        const now = await read(note, embed);
        await writeAltInNote(captioner, now.read, now.embed, text);
      });
    },
    async refine(note, embed) {
      const { alt, target } = embed;
      const image = imageOf(note, embed);
      const file = imageSource(image, settings().remoteImages);
      if (alt === '') {
        new Notice(labels.noText);
        return;
      }
      if (file === null) {
        showError(await unavailable(image, embed, note.path, captioner.ports), explain);
        return;
      }
      const question = {
        title: labels.refine,
        thumbnail: thumbnailOf(app, image),
        hint: alt,
        kept: alt,
        label: words.review.feedback(target),
        placeholder: words.review.feedbackExamples,
        value: '',
        submit: words.review.refine,
      };
      ask(keyOf('refine', note, embed), question, async (feedback) => {
        await refiner.refine({ file, ...(await read(note, embed)), alt, feedback });
      });
    },
    close: refiner.close,
  };
}

function thumbnailOf({ vault }: App, image: ResolvedImage): string {
  const file = image.kind === 'file' ? vault.getFileByPath(image.path) : null;
  return file === null ? '' : vault.getResourcePath(file);
}
