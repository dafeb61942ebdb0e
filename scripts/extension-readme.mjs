import { readFileSync } from 'node:fs';
import { pageOf, rawFile } from './repository.mjs';

const PAGE = new URL('../docs/vscode-marketplace.md', import.meta.url);

/** The README of the extension: docs/vscode-marketplace.md with links that work on the extension's page. */
export function extensionReadme() {
  return readFileSync(PAGE, 'utf8')
    .replace(/<!-- [^]*? -->\n+/g, '')
    .replace(/(!?)\[([^\]]*)\]\((?![a-z]+:|#)([^)\s]+)\)/g, (_all, image, text, target) => {
      const path = `docs/${target}`;
      return `${image}[${text}](${image === '' ? pageOf(path) : rawFile(path)})`;
    });
}
