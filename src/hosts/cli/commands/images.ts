import type { ListedImage } from '../../../core/caption/list-images.ts';
import { listImages } from '../../../core/caption/list-images.ts';
import { lineColumn } from '../../../core/note/line-column.ts';
import type { Position } from '../../../core/note/line-column.ts';
import type { ExitCode } from '../output.ts';
import { EXIT, print, printJson } from '../output.ts';
import type { SelectedVault } from '../select-vaults.ts';
import { readNotes } from '../read-notes.ts';

/** `notesight images`: every image embedded in the notes. */
export async function imagesCommand(
  vaults: readonly SelectedVault[],
  options: { json: boolean },
): Promise<ExitCode> {
  let failed = false;
  for (const vault of vaults) {
    for await (const read of readNotes(vault)) {
      if (read === null) {
        failed = true;
        continue;
      }
      const at = lineColumn(read.markdown);
      for (const listed of listImages(read.note, read.markdown, vault.index)) {
        if (options.json) printJson(imageRow(read.note, listed, at(listed.embed.from)));
        else print(imageLine(read.note, listed, at(listed.embed.from)));
      }
    }
  }
  return failed ? EXIT.failed : EXIT.done;
}

function imageRow(note: string, { embed, image, lack }: ListedImage, { line, column }: Position) {
  const { from, to, syntax, target, alt, size, title } = embed;
  return {
    note,
    line,
    column,
    from,
    to,
    syntax,
    target: shortened(target),
    alt,
    size,
    title,
    file: image.kind === 'file' ? image.path : null,
    url: image.kind === 'remote' || image.kind === 'data' ? shortened(image.url) : null,
    needsAlt: lack !== null,
  };
}

function imageLine(note: string, { embed, image, lack }: ListedImage, { line, column }: Position): string {
  const where = image.kind === 'file' ? image.path : `${shortened(embed.target)} (${image.kind})`;
  const words =
    lack === null ? `“${embed.alt}”` : lack === 'missing' ? 'no alt text' : `useless alt text “${embed.alt}”`;
  return `${note}:${line}:${column}  ${where}  ${words}`;
}

const DATA_SHOWN = 64;

/** A `data:` URI holds a whole image; its beginning tells what it is. */
function shortened(url: string): string {
  return /^data:/i.test(url) && url.length > DATA_SHOWN ? `${url.slice(0, DATA_SHOWN)}…` : url;
}
