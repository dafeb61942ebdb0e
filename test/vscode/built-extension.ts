import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** @returns the folder that VS Code loads the built extension from; null where none is built */
export function builtExtension(): string | null {
  const folders = [`${root}dist/vscode-package`, root];
  return folders.find((folder) => existsSync(`${folder}/dist/vscode/extension.cjs`)) ?? null;
}
