import { missingImage } from '../../../core/caption/missing-image.ts';
import { NotesightError } from '../../../core/errors.ts';
import type { ImageEmbed } from '../../../core/note/image-embed.ts';
import type { ResolvedImage } from '../../../core/note/resolve-image.ts';
import type { CaptionerPorts } from '../../../editor/captioner.ts';

/** Why an image can't be read: remote images are off, or the file is missing. @param note the path of its note */
export async function unavailable(
  image: ResolvedImage,
  { target }: ImageEmbed,
  note: string,
  { images }: Pick<CaptionerPorts, 'images'>,
): Promise<NotesightError> {
  if (image.kind === 'remote')
    return new NotesightError('image_remote', `${target} is remote`, { data: { path: target } });
  return missingImage(target, note, images, new AbortController().signal);
}
