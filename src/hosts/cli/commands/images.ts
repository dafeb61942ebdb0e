import { NotesightError } from '../../../core/errors.ts';
import { shownTarget } from '../../../core/note/inline-source.ts';
import type { PlacedImage } from '../list-vault-images.ts';
import { listVaultImages } from '../list-vault-images.ts';
import type { ExitCode } from '../output.ts';
import { EXIT, errorText, print, printJson, say } from '../output.ts';
import type { SelectedVault } from '../select-vaults.ts';

/** `notesight images`: all images embedded in the notes. */
export async function imagesCommand(
  vaults: readonly SelectedVault[],
  options: { json: boolean },
): Promise<ExitCode> {
  let failed = false;
  for await (const image of listVaultImages(vaults)) {
    if (image instanceof NotesightError) {
      failed = true;
      say(errorText(image));
    } else if (options.json) printJson(imageRow(image));
    else print(imageLine(image));
  }
  return failed ? EXIT.failed : EXIT.done;
}

function imageRow({ note, listed, line, column }: PlacedImage) {
  const { embed, image, altProblem } = listed;
  const { from, to, syntax, target, alt, size, title } = embed;
  return {
    note,
    line,
    column,
    from,
    to,
    syntax,
    target: shownTarget(target),
    alt,
    size,
    title,
    file: image.kind === 'file' ? image.path : null,
    url: image.kind === 'remote' || image.kind === 'data' ? shownTarget(image.url) : null,
    needsAlt: altProblem !== null,
  };
}

function imageLine({ note, listed, line, column }: PlacedImage): string {
  const { embed, image, altProblem } = listed;
  const target = shownTarget(embed.target);
  const where =
    image.kind === 'file' ? image.path : image.kind === 'data' ? target : `${target} (${image.kind})`;
  const altText =
    altProblem === null
      ? `“${embed.alt}”`
      : altProblem === 'missing'
        ? 'no alt text'
        : `placeholder alt text “${embed.alt}”`;
  return `${note}:${line}:${column}  ${where}  ${altText}`;
}
