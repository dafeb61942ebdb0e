import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NotesightError } from '../core/errors.ts';

/**
 * Finds a file of `dist/experts`, both from the sources and from a bundle in `dist`.
 * @throws NotesightError `model_unloadable`
 */
export function expertsFile(name: string): string {
  return fileAbove(dirname(fileURLToPath(import.meta.url)), name);
}

function fileAbove(folder: string, name: string): string {
  const file = join(folder, 'dist', 'experts', name);
  if (existsSync(file)) return file;
  if (dirname(folder) !== folder) return fileAbove(dirname(folder), name);
  throw new NotesightError('model_unloadable', `dist/experts/${name} is missing: \`npm run build\` makes it`);
}
