import process from 'node:process';
import { isCancelled, NotesightError } from '../../../core/errors.ts';
import { shownSource } from '../../../core/note/inline-source.ts';
import type { FoundImage, ImageIndex } from '../../../core/search/image-index.ts';
import type { Meaning } from '../../../core/search/meaning.ts';
import { searchImages } from '../../../core/search/search-images.ts';
import { foldWord, WORD, words } from '../../../core/search/search-terms.ts';
import { lineColumn } from '../../../core/text/line-column.ts';
import { pluralEn } from '../../../core/text/plural.ts';
import { openVaultData } from '../../../node/open-vault-data.ts';
import { indexImages } from '../index-images.ts';
import { openMeaning } from '../open-meaning.ts';
import type { ExitCode } from '../output.ts';
import { EXIT, errorText, print, printJson, say } from '../output.ts';
import { createProgress } from '../progress.ts';
import type { SelectedVault } from '../select-vaults.ts';

export interface FindCommandOptions {
  readonly limit: number;
  readonly hosts: readonly string[];
  readonly json: boolean;
}

/** A found image, with the line of its embed. */
interface PlacedImage extends FoundImage {
  readonly line: number;
}

/** `notesight find`: searches images by text and, with an embedding model, by meaning. */
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
    const { log } = await openVaultData(vault);
    const lines = new Map<string, (offset: number) => number>();
    const index = await indexImages(vault, log, signal, (note, markdown) => {
      lines.set(note, (offset) => lineColumn(markdown)(offset).line);
    });
    images += index.size;
    undescribed += [...index.images()].filter(({ isDescribed }) => !isDescribed).length;
    const meaning = await meaningFor({ index, query }, vault, options.hosts, signal);
    for (const image of await searchImages(index, meaning, query, options.limit)) {
      found.push({ ...image, line: lines.get(image.note)?.(image.from) ?? 1 });
    }
  }
  const best = found.sort((a, b) => b.score - a.score).slice(0, options.limit);
  for (const image of best) {
    if (options.json) printJson(row(image));
    else print(line(image, process.stdout.isTTY));
  }
  if (best.length === 0) say('No images found.');
  if (undescribed > 0) {
    say(
      `${undescribed} of ${pluralEn(images, 'image', 'images')} not described yet: search covers only their file names, alt text, and nearby text. Run \`notesight caption\` to describe those that need alt text.`,
    );
  }
  return best.length > 0 ? EXIT.done : EXIT.failed;
}

/** The embeddings of the images and the query; null for a text search only. */
async function meaningFor(
  { index, query }: { readonly index: ImageIndex; readonly query: string },
  vault: SelectedVault,
  hosts: readonly string[],
  signal: AbortSignal,
): Promise<Meaning | null> {
  const progress = createProgress(process.stderr);
  try {
    const opened = await openMeaning(vault, hosts, signal);
    if (opened === null) return null;
    const { meaning, model } = opened;
    await meaning.learn(
      index.images(),
      (done, total) => {
        progress.update(done, total, `images indexed for search by meaning (${model})`);
      },
      signal,
    );
    await meaning.understand(query, signal);
    return meaning;
  } catch (error) {
    if (!(error instanceof NotesightError) || isCancelled(error)) throw error;
    progress.clear();
    say(`Searching by keyword only. ${errorText(error)}`);
    return null;
  } finally {
    progress.clear();
  }
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
  return `${note}:${at}  ${shownSource(file)}${shown === '' ? '' : `  ${marked(shown, terms, isTerminal)}`}`;
}

function fits(text: string, terms: readonly string[]): boolean {
  return words(text).some((word) => terms.includes(foldWord(word)));
}

/** Highlights the matching words if the terminal supports it. */
function marked(text: string, terms: readonly string[], isTerminal: boolean): string {
  if (!isTerminal) return text;
  return text.replace(WORD, (word) => (terms.includes(foldWord(word)) ? `\x1b[1m${word}\x1b[22m` : word));
}
