import { pluralEn } from '../../core/text/plural.ts';
import { isNote, type VaultFiles } from '../../node/walk-vault.ts';

/** Documents in other formats, which may contain images like notes do. */
const DOCUMENT = /\.(?:rst|adoc|asciidoc|asc|org|textile|wiki|mediawiki|ipynb|tex|typ|myst|pmd|djot|dj)$/i;

/**
 * Reports the files in folders that are not read, in one line: all other files if there are no notes, otherwise only
 * documents in other formats.
 * @param folders the folders named by the user, relative to the vault; `''` is its root
 * @param names the same folders as the user typed them
 * @param selected the notes that are read
 * @returns null if there is nothing to report
 */
export function skippedFiles(
  folders: readonly string[],
  names: readonly string[],
  { files, notes }: VaultFiles,
  selected: readonly string[],
): string | null {
  if (folders.length === 0) return null;
  const inside = files.filter((file) =>
    folders.some((folder) => folder === '' || file.startsWith(`${folder}/`)),
  );
  if (selected.length > 0) {
    const documents = inside.filter((file) => DOCUMENT.test(file));
    if (documents.length === 0) return null;
    return `Skipped ${pluralEn(documents.length, 'file that is', 'files that are')} not Markdown: ${byExtension(documents)}.`;
  }
  const read = new Set(notes);
  const excluded = inside.filter((file) => isNote(file) && !read.has(file)).length;
  const others = inside.filter((file) => !isNote(file));
  return [
    `No Markdown notes in ${names.map((name) => (name === '.' ? 'this folder' : name)).join(', ')}.`,
    excluded === 0
      ? ''
      : `${pluralEn(excluded, 'note is', 'notes are')} excluded by .gitignore or behind a symbolic link.`,
    others.length === 0 ? '' : `Other files: ${byExtension(others)}.`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** The number of most frequent extensions to show; the rest become `…`. */
const MAX_SHOWN = 6;

function byExtension(files: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const file of files) {
    const extension = /\.[^./]+$/.exec(file)?.[0].toLowerCase() ?? 'no extension';
    counts.set(extension, (counts.get(extension) ?? 0) + 1);
  }
  const shown = [...counts]
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([extension, count]) => `${extension} (${count})`);
  return shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN).join(', ')}, …` : shown.join(', ');
}
