import { isCancelled, NotesightError } from '../errors.ts';
import type { PixelRegion } from '../ports.ts';
import type { AskPorts, AskRequest } from './ask-request.ts';
import type { Conversation, Picture } from './conversation.ts';
import type { PictureLoader } from './picture-loader.ts';

export interface ChosenPictures {
  /** The most important first. */
  readonly pictures: readonly Picture[];
  /** How many of them, from the first, the user wants whatever the question. */
  readonly wanted: number;
}

/**
 * The part that is asked about, the pinned ones, and those that the question is about. Where it is about none in
 * particular and nothing was shown yet, the first ones of the note. None where the model can't see.
 * @param words what is known of each file
 * @throws NotesightError for the part that is asked about, every code of an image
 */
export async function choosePictures(
  { question, images, region }: AskRequest,
  words: ReadonlyMap<string, string>,
  conversation: Conversation,
  { model, rank }: Pick<AskPorts, 'model' | 'rank'>,
  loader: PictureLoader,
  signal: AbortSignal,
): Promise<ChosenPictures> {
  if (!model.supportsImages) return { pictures: [], wanted: 0 };
  const pinned = images.filter((image) => image.pinned).map(({ file }) => file);
  const documents = images.map(({ file, around }) => ({
    id: file,
    text: `${words.get(file) ?? ''}\n${around}`,
  }));
  const ranked = rank(question, documents);
  const isNew = conversation.turns.every(({ pictures }) => pictures.length === 0);
  const isAnyAsGood = ranked.length === 0 && isNew && region === null;
  const others = isAnyAsGood ? images.map(({ file }) => file) : ranked;

  const pictures: Picture[] = [];
  const add = async (file: string, part: PixelRegion | null) => {
    const image = conversation.files.indexOf(file) + 1;
    pictures.push(await loader.load(file, image, part, signal));
  };
  const asked = new Set(pinned);
  if (region !== null) {
    // Beside the whole, so that the model knows what it is a part of: where it can look at two at once.
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

  async function addIfReadable(file: string): Promise<void> {
    try {
      await add(file, null);
    } catch (error) {
      if (isCancelled(error) || !(error instanceof NotesightError)) throw error;
      // It is told in words, and why it could not be described was told already.
    }
  }
}
