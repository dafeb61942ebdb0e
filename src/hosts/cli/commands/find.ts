import process from 'node:process';
import { NotesightError } from '../../../core/errors.ts';
import { lineColumn } from '../../../core/note/line-column.ts';
import { imageDocuments } from '../../../core/search/image-documents.ts';
import { createImageIndex, type FoundImage } from '../../../core/search/image-index.ts';
import { foldWord, WORD, words } from '../../../core/search/search-terms.ts';
import { openMemory } from '../../node/open-memory.ts';
import type { ExitCode } from '../output.ts';
import { EXIT, inWords, print, printJson, say } from '../output.ts';
import type { SelectedVault } from '../select-vaults.ts';

export interface FindCommandOptions {
  readonly limit: number;
  readonly json: boolean;
}

/** An image that was found, with the line it stands on. */
interface PlacedImage extends FoundImage {
  readonly line: number;
}

/** `notesight find`: the images that show or say something. */
export async function findCommand(
  vaults: readonly SelectedVault[],
  query: string,
  options: FindCommandOptions,
  signal: AbortSignal,
): Promise<ExitCode> {
  const found: PlacedImage[] = [];
  let images = 0;
  let undescribed = 0;
  for (const vault of vaults) {
    const { log } = await openMemory(vault);
    const index = createImageIndex();
    const lines = new Map<string, (offset: number) => number>();
    for (const note of vault.selected) {
      if (signal.aborted) return EXIT.stopped;
      const markdown = await vault.notes.read(note).catch((error: unknown) => {
        if (!(error instanceof NotesightError)) throw error;
        say(inWords(error));
        return '';
      });
      const documents = imageDocuments(note, markdown, vault.index, (file) => log.at(file));
      index.setNote(note, documents);
      images += documents.length;
      undescribed += documents.filter(({ isDescribed }) => !isDescribed).length;
      if (documents.length > 0) lines.set(note, (offset) => lineColumn(markdown)(offset).line);
    }
    for (const image of index.find(query, options.limit)) {
      found.push({ ...image, line: lines.get(image.note)?.(image.from) ?? 1 });
    }
  }
  const best = found.sort((a, b) => b.score - a.score).slice(0, options.limit);
  for (const image of best) {
    if (options.json) printJson(row(image));
    else print(line(image, process.stdout.isTTY));
  }
  if (undescribed > 0) {
    say(
      `${undescribed} of ${images} images are not described yet: they are found by their names, and the words of the note. \`notesight caption\` describes them.`,
    );
  }
  return best.length > 0 ? EXIT.done : EXIT.failed;
}

function row({ note, line: at, file, score, alt, description, text, tags }: PlacedImage) {
  return { note, line: at, file, score, alt, description, text, tags };
}

function line(
  { note, line: at, file, alt, description, text, terms }: PlacedImage,
  isTerminal: boolean,
): string {
  const parts = [alt, description, text].map((part) => part.replace(/\s+/g, ' ').trim());
  const fitting = parts.find((part) => fits(part, terms)) ?? '';
  const shown = [...new Set([parts[0] ?? '', fitting])].filter((part) => part !== '').join(' · ');
  return `${note}:${at}  ${file}${shown === '' ? '' : `  ${marked(shown, terms, isTerminal)}`}`;
}

const fits = (text: string, terms: readonly string[]): boolean =>
  words(text).some((word) => terms.includes(foldWord(word)));

/** The words that fit stand out, where a terminal can show it. */
function marked(text: string, terms: readonly string[], isTerminal: boolean): string {
  if (!isTerminal) return text;
  return text.replace(WORD, (word) => (terms.includes(foldWord(word)) ? `\x1b[1m${word}\x1b[22m` : word));
}
