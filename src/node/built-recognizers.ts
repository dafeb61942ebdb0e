import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NotesightError } from '../core/errors.ts';

/**
 * Finds the folder `dist/recognizers`, both from the sources and from a bundle in `dist`.
 * @returns null if this package comes without it, as the extension for VS Code does
 */
export function findBuiltRecognizers(): string | null {
  return folderAbove(dirname(fileURLToPath(import.meta.url)));
}

/**
 * The folder `dist/recognizers`.
 * @throws NotesightError `model_unloadable`
 */
export function builtRecognizers(): string {
  const folder = findBuiltRecognizers();
  if (folder === null) {
    throw new NotesightError('model_unloadable', 'dist/recognizers is missing: `npm run build` makes it');
  }
  return folder;
}

function folderAbove(folder: string): string | null {
  const built = join(folder, 'dist', 'recognizers');
  if (existsSync(built)) return built;
  return dirname(folder) === folder ? null : folderAbove(dirname(folder));
}
