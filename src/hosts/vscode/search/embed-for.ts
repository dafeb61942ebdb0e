import type { Uri } from 'vscode';
import { escapeMarkdown } from '../../../core/markdown/escape-markdown.ts';
import { relativeUrl } from '../../../core/note/relative-url.ts';
import { oneLine } from '../../../core/text/one-line.ts';
import type { Vaults } from '../adapters/vaults.ts';
import type { VaultImage } from './image-search.ts';

/** Characters that a wiki embed can't contain. */
const NOT_IN_WIKI = /[[\]|#^]/;

/**
 * An embed of an image for a note: wiki syntax in an Obsidian vault, Markdown elsewhere.
 * @param note possibly in another vault
 */
export async function embedFor(
  { vault, file, alt }: Pick<VaultImage, 'vault' | 'file' | 'alt'>,
  note: Uri,
  vaults: Vaults,
): Promise<string> {
  const target = await vaults.of(note);
  const path = target === vault ? file : target.pathOf(vault.uriOf(file));
  if (target.kind === 'obsidian' && target === vault && !NOT_IN_WIKI.test(file)) return `![[${file}]]`;
  return `![${escapeMarkdown(oneLine(alt))}](${relativeUrl(target.pathOf(note), path)})`;
}
