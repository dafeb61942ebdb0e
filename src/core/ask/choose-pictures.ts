import { isCancelled, NotesightError } from '../errors.ts';
import type { PixelRegion } from '../ports.ts';
import type { AskPorts, AskRequest } from './ask-request.ts';
import type { Conversation, Picture } from './conversation.ts';
import type { PictureLoader } from './picture-loader.ts';

export interface ChosenPictures {
  /** The most important first. */
  readonly pictures: readonly Picture[];
  /** How many of them, from the first, the user chose whatever the question. */
  readonly wanted: number;
}

/** What is known before the question. */
export interface KnownImages {
  readonly conversation: Conversation;
  /** What is known about each file. */
  readonly text: ReadonlyMap<string, string>;
  /** The files without a description: only as pictures can the answer consider them. */
  readonly undescribed: readonly string[];
}

/**
 * Chooses the images to send as pictures: the region, pinned images, those in the selection, and those that the question
 * or else the selection is about. If it is about none in particular and no image was sent yet, chooses the first images of the note. The remaining places go to
 * images without a description, unless the question is about a region. Chooses none for a text-only model.
 * @throws NotesightError for the region, every code of an image
 */
export async function choosePictures(
  { question, selection, images, region }: AskRequest,
  { conversation, text, undescribed }: KnownImages,
  { model, rank, loader }: Pick<AskPorts, 'model' | 'rank'> & { readonly loader: PictureLoader },
  signal: AbortSignal,
): Promise<ChosenPictures> {
  if (!model.supportsImages) return { pictures: [], wanted: 0 };
  const pinned = images.filter((image) => image.pinned).map(({ file }) => file);
  const documents = images.map(({ file, around }) => ({
    id: file,
    text: `${text.get(file) ?? ''}\n${around}`,
  }));
  const selected = images.map(({ file }) => file).filter((file) => selection?.files.includes(file));
  const alsoRanked = selection === null ? [] : rank(selection.text, documents);
  const ranked = [...selected, ...rank(question, documents), ...alsoRanked];
  const isNew = conversation.turns.every(({ pictures }) => pictures.length === 0);
  const isAnyAsGood = ranked.length === 0 && isNew && region === null;
  const more = region === null ? undescribed : [];
  const others = isAnyAsGood ? images.map(({ file }) => file) : [...new Set([...ranked, ...more])];

  const pictures: Picture[] = [];
  async function add(file: string, part: PixelRegion | null): Promise<void> {
    const image = conversation.files.indexOf(file) + 1;
    pictures.push(await loader.load(file, image, part, signal));
  }
  async function addIfReadable(file: string): Promise<void> {
    try {
      await add(file, null);
    } catch (error) {
      if (isCancelled(error) || !(error instanceof NotesightError)) throw error;
      // The image is sent as text, and its error was reported when it was described.
    }
  }

  const asked = new Set(pinned);
  if (region !== null) {
    // If the model takes two images at once, the whole image gives the region its context.
    if (model.imagesAtOnce > 1) await add(region.file, null);
    await add(region.file, region.part);
    asked.delete(region.file);
  }
  for (const file of asked) await addIfReadable(file);
  const wanted = pictures.length;
  for (const file of others) {
    if (pictures.length >= Math.max(model.imagesAtOnce, wanted)) break;
    if (!asked.has(file) && file !== region?.file) await addIfReadable(file);
  }
  return { pictures, wanted };
}
